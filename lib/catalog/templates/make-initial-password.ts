import { randomInt } from "node:crypto";
import { encrypt } from "unixcrypt";

/** Without the characters that look like another one. */
const readable = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
const saltCharacters = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const passwordLength = 20;
const saltLength = 16;
/** A password of 115 random bits needs no slowness; this is the usual count. */
const rounds = 5_000;

/** A machine's first password and what the machine holds of it (SHA-512 crypt). The password goes nowhere but to its owner. */
export function makeInitialPassword(): { password: string; hash: string } {
  const password = draw(readable, passwordLength);
  // The library's own salt never draws the last character, so it comes from here.
  const hash = encrypt(password, `$6$rounds=${rounds}$${draw(saltCharacters, saltLength)}`);
  return { password, hash };
}

function draw(characters: string, length: number): string {
  return Array.from({ length }, () => characters.charAt(randomInt(characters.length))).join("");
}
