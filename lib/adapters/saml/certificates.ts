import { X509Certificate } from "node:crypto";
import { refuse } from "./refusal";

const rsaBitsMin = 2048;
const certificateLengthMax = 20_000;
const curves = ["prime256v1", "secp384r1", "secp521r1"];

/** A signing certificate as PEM, from PEM or from the bare base64 of a metadata document. */
export function readCertificate(text: string): string {
  const certificate = parseCertificate(text);
  const key = certificate.publicKey;
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  if (key.asymmetricKeyType === "rsa" && bits < rsaBitsMin)
    return refuse("certificate", `an RSA key of ${bits} bits`);
  if (key.asymmetricKeyType === "ec" && !curves.includes(key.asymmetricKeyDetails?.namedCurve ?? ""))
    return refuse("certificate", "an unknown curve");
  if (key.asymmetricKeyType !== "rsa" && key.asymmetricKeyType !== "ec")
    return refuse("certificate", "neither an RSA nor an EC key");
  return certificate.toString();
}

function parseCertificate(text: string): X509Certificate {
  const base64 = text.replace(/-----(?:BEGIN|END) CERTIFICATE-----/g, "").replace(/\s+/g, "");
  if (base64 === "" || base64.length > certificateLengthMax || !/^[A-Za-z0-9+/]+={0,2}$/.test(base64))
    return refuse("certificate", "not one certificate in PEM or base64");
  try {
    return new X509Certificate(Buffer.from(base64, "base64"));
  } catch {
    return refuse("certificate", "not an X.509 certificate");
  }
}
