import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from "node:crypto";

/** What a forged or faulty answer says instead of the truth. */
export interface Untruths {
  origin?: string;
  rpId?: string;
  challenge?: string;
  userVerified?: boolean;
  userPresent?: boolean;
  counter?: number;
  type?: string;
  /** Signs with a key that is not the credential's. */
  foreignKey?: boolean;
}

interface PasskeyAnswer {
  [member: string]: string | object;
  id: string;
  rawId: string;
  type: string;
  response: Record<string, string | string[]>;
  clientExtensionResults: object;
}

export interface Authenticator {
  credentialId: string;
  /** Answers what `navigator.credentials.create` would be asked. */
  make: (options: AskedOptions, untruths?: Untruths) => PasskeyAnswer;
  /** Answers what `navigator.credentials.get` would be asked. */
  prove: (options: AskedOptions, untruths?: Untruths) => PasskeyAnswer;
}

/** Of the options only the challenge matters to an authenticator that holds one credential. */
type AskedOptions = Record<string, unknown>;

/** A passkey in software: one ES256 credential, no attestation. */
export function anAuthenticator({ origin, rpId }: { origin: string; rpId: string }): Authenticator {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const credential = randomBytes(32);
  const id = credential.toString("base64url");
  let counter = 0;
  const answer = (response: PasskeyAnswer["response"]): PasskeyAnswer => ({
    id,
    rawId: id,
    type: "public-key",
    response,
    clientExtensionResults: {},
  });
  const clientData = (type: string, options: AskedOptions, untruths: Untruths) =>
    Buffer.from(
      JSON.stringify({
        type: untruths.type ?? type,
        challenge: untruths.challenge ?? options["challenge"],
        origin: untruths.origin ?? origin,
        crossOrigin: false,
      }),
    );
  return {
    credentialId: id,
    make: (options, untruths = {}) => {
      const attested = Buffer.concat([
        Buffer.alloc(16),
        uint16(credential.length),
        credential,
        coseKey(publicKey),
      ]);
      const authData = Buffer.concat([head(rpId, (counter += 1), untruths, true), attested]);
      const object = cborMap([
        [cborText("fmt"), cborText("none")],
        [cborText("attStmt"), cborMap([])],
        [cborText("authData"), cborBytes(authData)],
      ]);
      return answer({
        clientDataJSON: clientData("webauthn.create", options, untruths).toString("base64url"),
        attestationObject: object.toString("base64url"),
        transports: ["internal"],
      });
    },
    prove: (options, untruths = {}) => {
      const authData = head(rpId, (counter += 1), untruths, false);
      const client = clientData("webauthn.get", options, untruths);
      const signed = Buffer.concat([authData, createHash("sha256").update(client).digest()]);
      const key = untruths.foreignKey
        ? generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey
        : privateKey;
      return answer({
        clientDataJSON: client.toString("base64url"),
        authenticatorData: authData.toString("base64url"),
        signature: sign("sha256", signed, key).toString("base64url"),
      });
    },
  };
}

const flagPresent = 0x01;
const flagVerified = 0x04;
const flagAttested = 0x40;

function head(rpId: string, counter: number, untruths: Untruths, isAttested: boolean): Buffer {
  const flags =
    (untruths.userPresent === false ? 0 : flagPresent) |
    (untruths.userVerified === false ? 0 : flagVerified) |
    (isAttested ? flagAttested : 0);
  const count = Buffer.alloc(4);
  count.writeUInt32BE(untruths.counter ?? counter);
  const hash = createHash("sha256")
    .update(untruths.rpId ?? rpId)
    .digest();
  return Buffer.concat([hash, Buffer.from([flags]), count]);
}

/** EC2, ES256, P-256, x and y (RFC 9053). */
function coseKey(publicKey: KeyObject): Buffer {
  const { x = "", y = "" } = publicKey.export({ format: "jwk" });
  return cborMap([
    [cborNumber(1), cborNumber(2)],
    [cborNumber(3), cborNumber(-7)],
    [cborNumber(-1), cborNumber(1)],
    [cborNumber(-2), cborBytes(Buffer.from(x, "base64url"))],
    [cborNumber(-3), cborBytes(Buffer.from(y, "base64url"))],
  ]);
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}

function cborHead(major: number, value: number): Buffer {
  if (value < 24) return Buffer.from([(major << 5) | value]);
  if (value < 256) return Buffer.from([(major << 5) | 24, value]);
  return Buffer.concat([Buffer.from([(major << 5) | 25]), uint16(value)]);
}

function cborNumber(value: number): Buffer {
  return value < 0 ? cborHead(1, -1 - value) : cborHead(0, value);
}

function cborBytes(bytes: Buffer): Buffer {
  return Buffer.concat([cborHead(2, bytes.length), bytes]);
}

function cborText(text: string): Buffer {
  return Buffer.concat([cborHead(3, Buffer.byteLength(text)), Buffer.from(text)]);
}

function cborMap(entries: [Buffer, Buffer][]): Buffer {
  return Buffer.concat([cborHead(5, entries.length), ...entries.flat()]);
}
