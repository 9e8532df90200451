import os from "node:os";
import path from "node:path";
import { builtProgram } from "./build";
import type { ChildSpec } from "./child-process";
import type { Ports } from "./choose-ports";
import type { DataFolder } from "./data-folder";
import type { PreparedDatabase } from "./prepare-database";
import type { UpOptions } from "./read-options";

export interface Setting {
  options: UpOptions;
  data: DataFolder;
  ports: Ports;
  database: PreparedDatabase;
}

type Process = "web" | "worker" | "console";

/** What people type to reach the portal. */
export function publicAddress(options: UpOptions, ports: Ports): string {
  return process.env["PUBLIC_BASE_URL"] ?? `http://${reachableHost(options.host)}:${ports.web}`;
}

export function localAddress(options: UpOptions, ports: Ports): string {
  const host = isAnyAddress(options.host) ? "127.0.0.1" : options.host;
  return `http://${host.includes(":") ? `[${host}]` : host}:${ports.web}`;
}

/** Node's arguments, environment and log of one of the product's processes. */
export function describeProcess(name: Process, setting: Setting): ChildSpec {
  return {
    name,
    arguments: setting.options.isDevelopment
      ? developmentArguments(name)
      : ["--enable-source-maps", builtProgram(name)],
    environment: name === "web" ? webEnvironment(setting) : fullEnvironment(setting),
    logFile: path.join(setting.data.logs, `${name}.log`),
  };
}

/** The lab is a separate program that the product only meets over the wire. */
export function describeLab(
  setting: Pick<Setting, "options" | "data" | "ports">,
  onLine: (line: string) => void,
): ChildSpec {
  const { options, data, ports } = setting;
  const words = ["--import", "tsx", "e2e/lab/start.ts", "--port", String(ports.lab)];
  words.push("--state", data.lab, "--kubeconfig", data.kubeconfig);
  words.push("--prometheus", data.prometheus);
  words.push("--second-inventory", "gpu", "--second-port", String(ports.secondLab));
  words.push("--second-state", data.secondLab, "--second-kubeconfig", data.secondKubeconfig);
  if (options.withQemu) words.push("--qemu");
  return {
    name: "lab",
    arguments: words,
    environment: plainEnvironment(),
    logFile: path.join(data.logs, "lab.log"),
    onLine,
  };
}

/** Three servers that know the same people, as a company has them. */
export function describeDirectory(
  { data }: Pick<Setting, "options" | "data" | "ports">,
  onLine: (line: string) => void,
): ChildSpec {
  return {
    name: "directory",
    arguments: ["--import", "tsx", "e2e/lab/directory/start.ts", "--state", data.directory],
    environment: plainEnvironment(),
    logFile: path.join(data.logs, "directory.log"),
    onLine,
  };
}

export function fullEnvironment({ options, data, ports, database }: Setting): NodeJS.ProcessEnv {
  // The portal knows its own address, unless it listens on all of them.
  const address = isAnyAddress(options.host) ? { PUBLIC_BASE_URL: publicAddress(options, ports) } : {};
  return {
    ...address,
    UPLOAD_DIR: data.uploads,
    RECORDINGS_DIR: data.recordings,
    ...plainEnvironment(),
    NODE_ENV: options.isDevelopment ? "development" : "production",
    DATABASE_URL: database.url,
    HOST: options.host,
    PORT: String(ports.web),
    CONSOLE_PORT: String(ports.console),
    CONSOLE_URL: `http://127.0.0.1:${ports.console}`,
    WORKER_HEALTH_PORT: String(ports.worker),
    NEXT_TELEMETRY_DISABLED: "1",
  };
}

/** The web process gets no key that opens a cluster credential, and a login that cannot read one. */
function webEnvironment(setting: Setting): NodeJS.ProcessEnv {
  const { ENCRYPTION_KEY: _cluster, DATABASE_SESSION_URL: _session, ...rest } = fullEnvironment(setting);
  const { webUrl, webSessionUrl } = setting.database;
  return { ...rest, DATABASE_URL: webUrl, ...(webSessionUrl ? { DATABASE_SESSION_URL: webSessionUrl } : {}) };
}

// What npm adds for its own scripts is of no use to a process that runs for days.
function plainEnvironment(): NodeJS.ProcessEnv {
  const entries = Object.entries(process.env).filter(([name]) => !/^npm_|^INIT_CWD$/i.test(name));
  return { ...Object.fromEntries(entries), NODE_ENV: process.env.NODE_ENV };
}

// Next reloads its own pages; a watcher around it would restart at each page it compiles.
function developmentArguments(name: Process): string[] {
  const watch = name === "web" ? [] : ["--watch", "--watch-preserve-output"];
  return [...watch, "--import", "tsx", `lib/processes/${name}.ts`];
}

function isAnyAddress(host: string): boolean {
  return host === "0.0.0.0" || host === "::";
}

function reachableHost(host: string): string {
  if (!isAnyAddress(host)) return host.includes(":") ? `[${host}]` : host;
  const addresses = Object.values(os.networkInterfaces()).flatMap((entries) => entries ?? []);
  return addresses.find((entry) => entry.family === "IPv4" && !entry.internal)?.address ?? "127.0.0.1";
}
