import { encrypt, verify } from "unixcrypt";
import { expect, test } from "vitest";
import { makeInitialPassword } from "./make-initial-password";

// From the specification of the scheme (Drepper, "Unix crypt using SHA-256 and SHA-512").
test.for([
  [
    "$6$saltstring",
    "Hello world!",
    "$6$saltstring$svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjl/O817G3uBnIFNjnQJuesI68u4OTLiBFdcbYEdFCoEOfaS35inz1",
  ],
  [
    "$6$rounds=10000$saltstringsaltstring",
    "Hello world!",
    "$6$rounds=10000$saltstringsaltst$OW1/O6BYHV6BcXZu8QVeXbDWra3Oeqh0sbHbbMCVNSnCM/UrjmM0Dp8vOuZeHBy/YTBmSK6H9qs/y3RnOaw5v.",
  ],
  [
    "$6$rounds=5000$toolongsaltstring",
    "This is just a test",
    "$6$rounds=5000$toolongsaltstrin$lQ8jolhgVRVhY4b5pZKaysCLi0QBxGoNeKQzQ3glMhwllF7oGDZxUhx1yxdYcz/e1JSbq3y6JMxxl8audkUEm0",
  ],
] as const)("the hash is the one that crypt(3) makes of %s", ([salt, password, expected]) => {
  expect(encrypt(password, salt)).toBe(expected);
});

test("every password is another one, readable, and opens its own hash alone", () => {
  const made = Array.from({ length: 40 }, makeInitialPassword);

  expect(new Set(made.map(({ password }) => password)).size).toBe(40);
  expect(new Set(made.map(({ hash }) => hash.split("$")[3])).size).toBe(40);
  for (const { password, hash } of made) {
    expect(password).toMatch(/^[a-hjkmnp-zA-HJ-NP-Z2-9]{20}$/);
    expect(hash).toMatch(/^\$6\$rounds=5000\$[./0-9A-Za-z]{16}\$[./0-9A-Za-z]{86}$/);
    expect(hash).not.toContain(password);
  }
  const [first, second] = made;
  expect(verify(first?.password ?? "", first?.hash ?? "")).toBe(true);
  expect(verify(first?.password ?? "", second?.hash ?? "")).toBe(false);
});
