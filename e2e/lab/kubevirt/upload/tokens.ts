import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { isObject, numberAt, textAt } from "../json";
import type { Json } from "../json";

/** What a token lets its bearer do: send one image into one claim. */
export interface UploadGrant {
  namespace: string;
  claimName: string;
}

const validSeconds = 300;
const leewaySeconds = 10;
const header = encode({ alg: "HS256", typ: "JWT" });

/** Signs and checks the tokens that CDI's API server hands out for its upload proxy. */
export class UploadTokens {
  #key = randomBytes(32);

  issue({ namespace, claimName }: UploadGrant, now = Date.now()): string {
    const issued = Math.floor(now / 1000);
    const claims = {
      iss: "cdi-apiserver",
      iat: issued,
      nbf: issued,
      exp: issued + validSeconds,
      name: claimName,
      namespace,
      operation: "Upload",
      resource: { group: "", version: "v1", resource: "persistentvolumeclaims" },
    };
    const content = `${header}.${encode(claims)}`;
    return `${content}.${this.#sign(content).toString("base64url")}`;
  }

  read(token: string, now = Date.now()): UploadGrant | undefined {
    const [head = "", body = "", signature = ""] = token.split(".");
    const expected = this.#sign(`${head}.${body}`);
    const given = Buffer.from(signature, "base64url");
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
    const claims: Json = JSON.parse(Buffer.from(body, "base64url").toString());
    if (!isObject(claims)) return undefined;
    if (now / 1000 > (numberAt(claims, "exp") ?? 0) + leewaySeconds) return undefined;
    return { namespace: textAt(claims, "namespace") ?? "", claimName: textAt(claims, "name") ?? "" };
  }

  /** As if five minutes had passed for all tokens there are. */
  expireAll(): void {
    this.#key = randomBytes(32);
  }

  #sign(content: string): Buffer {
    return createHmac("sha256", this.#key).update(content).digest();
  }
}

function encode(value: Json): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}
