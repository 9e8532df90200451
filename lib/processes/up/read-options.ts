import path from "node:path";
import { parseArgs } from "node:util";

export interface UpOptions {
  isDevelopment: boolean;
  isFresh: boolean;
  withQemu: boolean;
  /** Servers that sign people in, with demo people, registered in the portal. */
  withDirectory: boolean;
  isVerbose: boolean;
  /** One JSON line when everything is ready, for programs that start Shepherd. */
  asJson: boolean;
  host: string;
  port: number | undefined;
  /** Any free ports, none remembered: for tests beside a running Shepherd. */
  anyPorts: boolean;
  folder: string;
}

export const usage = `Usage: npm run up [-- OPTIONS]
  --fresh           start over: remove everything in the data folder first
  --host ADDRESS    listen there for browsers (default 127.0.0.1)
  --port N          the portal's port (default 3000)
  --any-ports       use whatever ports are free
  --data-dir DIR    keep data there (default .data)
  --qemu            the lab boots a real guest per VM, where QEMU is installed
  --directory       start an OIDC, a SAML and an LDAP server with demo people, and sign in by them
  --dev             reload on change (npm run dev)
  --json            print one JSON line when ready
  --verbose         show the processes' logs here too
`;

export class UsageError extends Error {}

export function readOptions(words: string[], root: string): UpOptions {
  const values = parseWords(words);
  return {
    isDevelopment: values.dev ?? false,
    isFresh: values.fresh ?? false,
    withQemu: values.qemu ?? false,
    withDirectory: values.directory ?? false,
    isVerbose: values.verbose ?? false,
    asJson: values.json ?? false,
    anyPorts: values["any-ports"] ?? false,
    host: values.host ?? process.env["HOST"] ?? "127.0.0.1",
    port: readPort(values.port ?? process.env["PORT"]),
    folder: path.resolve(root, values["data-dir"] ?? ".data"),
  };
}

function parseWords(words: string[]) {
  try {
    return parseArgs({
      args: words,
      options: {
        fresh: { type: "boolean" },
        host: { type: "string" },
        port: { type: "string" },
        "any-ports": { type: "boolean" },
        "data-dir": { type: "string" },
        qemu: { type: "boolean" },
        directory: { type: "boolean" },
        dev: { type: "boolean" },
        json: { type: "boolean" },
        verbose: { type: "boolean" },
        help: { type: "boolean", short: "h" },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function readPort(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65535) throw new UsageError(`${text} is not a port.`);
  return port;
}
