import { argon2, randomBytes, timingSafeEqual } from "node:crypto";

/** OWASP's first choice for argon2id; one hash takes 46 MiB and some 40 ms. */
const cost = { memory: 47_104, passes: 1, parallelism: 1 };
const tagLength = 32;
const atOnceMax = 2;

/** argon2id in PHC notation over the password in NFC (spec §0.6). */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16);
  const tag = await derive({ password, nonce, ...cost });
  const { memory, passes, parallelism } = cost;
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${unpadded(nonce)}$${unpadded(tag)}`;
}

/** Takes the time of one hash also when there is nothing to compare with, so that a name's existence stays hidden. */
export async function verifyPassword(password: string, hash: string | null): Promise<boolean> {
  const parsed = phc.exec(hash ?? "")?.groups;
  const expected = Buffer.from(parsed?.["tag"] ?? "", "base64");
  const tag = await derive({
    password,
    nonce: parsed ? Buffer.from(parsed["nonce"] ?? "", "base64") : Buffer.alloc(16),
    memory: Number(parsed?.["memory"] ?? cost.memory),
    passes: Number(parsed?.["passes"] ?? cost.passes),
    parallelism: Number(parsed?.["parallelism"] ?? cost.parallelism),
  });
  return expected.length === tag.length && timingSafeEqual(expected, tag);
}

const phc = new RegExp(
  "^\\$argon2id\\$v=19\\$m=(?<memory>\\d+),t=(?<passes>\\d+),p=(?<parallelism>\\d+)" +
    "\\$(?<nonce>[\\w+/-]+)\\$(?<tag>[\\w+/-]+)$",
);

interface Derivation {
  password: string;
  nonce: Buffer;
  memory: number;
  passes: number;
  parallelism: number;
}

let running = 0;
const waiting: (() => void)[] = [];

/** At most two at once per process: memory stays bounded however many people sign in. */
async function derive({ password, ...parameters }: Derivation): Promise<Buffer> {
  if (running >= atOnceMax) await new Promise<void>((resolve) => waiting.push(resolve));
  else running += 1;
  try {
    return await new Promise<Buffer>((resolve, reject) => {
      const message = password.normalize("NFC");
      argon2("argon2id", { message, tagLength, ...parameters }, (error, tag) =>
        error ? reject(error) : resolve(tag),
      );
    });
  } finally {
    // The place is handed on, so that the count never falls while somebody waits.
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}

function unpadded(bytes: Buffer): string {
  return bytes.toString("base64").replace(/=+$/, "");
}
