import net from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { builtProgram } from "@/lib/processes/up/build";
import { ChildProgram } from "../console/child-program";

export interface Web {
  origin: string;
  end(): Promise<void>;
}

/** The portal's web process as it is built for production, on a database of its own. */
export async function startWeb(databaseUrl: string): Promise<Web> {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const program = new ChildProgram(builtProgram("web"), [], {
    ...{ DATABASE_URL: databaseUrl, NODE_ENV: "production", HOST: "127.0.0.1", PORT: String(port) },
    ...{ PUBLIC_BASE_URL: origin, LOG_LEVEL: "error", NEXT_TELEMETRY_DISABLED: "1" },
  });
  while (!(await isServing(origin))) await wait(100);
  return { origin, end: () => program.end() };
}

async function isServing(origin: string): Promise<boolean> {
  return fetch(`${origin}/api/health/live`).then(
    ({ ok }) => ok,
    () => false,
  );
}

async function freePort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A listening TCP server's address is never a pipe's name.
  const { port } = server.address() as net.AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
