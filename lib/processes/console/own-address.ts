import { networkInterfaces } from "node:os";

const everywhere = new Set(["0.0.0.0", "::", "localhost"]);

/** Where another console process reaches this one: what it listens on, or this machine's first address. */
export function ownAddress(host: string, port: number): string {
  const isNamed = !everywhere.has(host);
  const [found] = Object.values(networkInterfaces())
    .flat()
    .filter((address) => address !== undefined && !address.internal && !address.address.startsWith("fe80:"));
  const name = isNamed ? host : (found?.address ?? "127.0.0.1");
  return `http://${name.includes(":") ? `[${name}]` : name}:${port}`;
}
