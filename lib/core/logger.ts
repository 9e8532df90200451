import { pino, type Logger } from "pino";
import { env } from "./env";

/** Members that are never printed, wherever they stand within three levels. */
const secretMembers = [
  "password",
  "currentPassword",
  "newPassword",
  "secret",
  "token",
  "kubeconfig",
  "authorization",
  "cookie",
  "privateKey",
  "envelope",
  "caData",
  "key",
];
const redactedPaths = secretMembers.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);

let root: Logger | undefined;

/** JSON lines on standard output; `part` names the process or room that speaks. */
export function logger(part: string): Logger {
  root ??= pino({
    level: env().LOG_LEVEL,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: redactedPaths, censor: "[REDACTED]" },
  });
  return root.child({ part });
}
