import { createHash, createHmac } from "node:crypto";
import { callbackPath, decisionText, makeCall, withSignature, type Call, type Good } from "./call";

const hmac = (secret: string, text: string, kind = "sha256") =>
  createHmac(kind, secret).update(text).digest("hex");
const sha = (text: string) => createHash("sha256").update(text).digest("hex");
const now = () => String(Math.floor(Date.now() / 1000));

/** Signatures in another form than the one that counts. */
export function misshapenSignatures(good: Good): Record<string, Call> {
  const remade = (remake: (signature: string) => string) => withSignature(good, remake);
  return {
    "no signature": makeCall(good, { headers: { "x-signature-256": null } }),
    "an empty one": remade(() => ""),
    "its name alone": remade(() => "sha256="),
    "without its name": remade((one) => one.slice(7)),
    "named sha1": remade((one) => one.replace("sha256", "sha1")),
    "named sha512": remade((one) => one.replace("sha256", "sha512")),
    "named in capitals": remade((one) => one.replace("sha256", "SHA256")),
    "in capital letters": remade((one) => `sha256=${one.slice(7).toUpperCase()}`),
    "cut by one": remade((one) => one.slice(0, -1)),
    "cut by half": remade((one) => one.slice(0, 39)),
    "longer by one": remade((one) => `${one}0`),
    "with a blank inside": remade((one) => `${one.slice(0, 20)} ${one.slice(21)}`),
    "in base64": remade((one) => `sha256=${Buffer.from(one.slice(7), "hex").toString("base64")}`),
    "no hex": remade((one) => `sha256=${"g".repeat(one.length - 7)}`),
    "all zeros": remade(() => `sha256=${"0".repeat(64)}`),
    "twice the same": remade((one) => `${one}, ${one}`),
    "a wrong one beside it": remade((one) => `${one},sha256=${"0".repeat(64)}`),
    "a bit turned": remade((one) => one.slice(0, -1) + (one.endsWith("0") ? "1" : "0")),
  };
}

/** Made by somebody who knows the form and not the secret, or signs something else. */
export function forgedSignatures(good: Good): Record<string, Call> {
  const timestamp = now();
  const body = decisionText(good.ticketId);
  const lines = ["POST", callbackPath, "", timestamp, sha(body)];
  const signedAs = (signature: string) =>
    makeCall(good, { signed: { timestamp, body }, headers: { "x-signature-256": `sha256=${signature}` } });
  const by = (secret: string) => makeCall(good, { signed: { secret } });
  return {
    "another secret": by("another-secret-of-some-length"),
    "no secret": by(""),
    "the secret with a line end": by(`${good.secret}\n`),
    "the secret in capitals": by(good.secret.toUpperCase()),
    "the desk's id as the secret": by(good.deskId),
    "the key for what is sent out": by("the-signing-key-of-the-test"),
    "a hash without a key": signedAs(sha(lines.join("\n"))),
    "the key before the text": signedAs(sha(good.secret + lines.join("\n"))),
    "the key after the text": signedAs(sha(lines.join("\n") + good.secret)),
    "the body alone": signedAs(hmac(good.secret, body)),
    "the time and the body": signedAs(hmac(good.secret, `${timestamp}.${body}`)),
    "the body instead of its hash": signedAs(hmac(good.secret, [...lines.slice(0, 4), body].join("\n"))),
    "the hash in capitals": signedAs(
      hmac(good.secret, [...lines.slice(0, 4), sha(body).toUpperCase()].join("\n")),
    ),
    "the first four lines": signedAs(hmac(good.secret, lines.slice(0, 4).join("\n"))),
    "a line too many": signedAs(hmac(good.secret, `${lines.join("\n")}\n`)),
    "lines that end as in Windows": signedAs(hmac(good.secret, lines.join("\r\n"))),
    "the lines run together": signedAs(hmac(good.secret, lines.join(""))),
    "the lines in another order": signedAs(hmac(good.secret, lines.toReversed().join("\n"))),
    "an older hash": signedAs(hmac(good.secret, lines.join("\n"), "sha1").padEnd(64, "0")),
    "an empty body": makeCall(good, { signed: { body: "" }, sent: { body } }),
  };
}
