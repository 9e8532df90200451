import { once } from "node:events";
import { request } from "node:https";
import { createInterface } from "node:readline";
import { z } from "zod";
import type { LabAddress } from "@/e2e/lab/control-client";

const added = z.looseObject({
  type: z.literal("ADDED"),
  object: z.looseObject({ metadata: z.looseObject({ name: z.string() }) }),
});

/** When the cluster came to have each machine, by this process's clock: what a plain watch of it says. */
export class Arrivals {
  #at = new Map<string, number>();
  #waiting = new Map<string, (at: number) => void>();
  #close = (): void => undefined;

  static async watch(address: LabAddress): Promise<Arrivals> {
    const arrivals = new Arrivals();
    const outgoing = request(new URL("/apis/kubevirt.io/v1/virtualmachines?watch=true", address.url), {
      ca: address.caPem,
      agent: false,
      headers: { authorization: `Bearer ${address.token}` },
    });
    outgoing.end();
    const [response] = await once(outgoing, "response");
    const lines = createInterface({ input: response }).on("line", (line) => arrivals.#read(line));
    arrivals.#close = () => {
      // The cut connection is what was asked for.
      for (const source of [outgoing, lines]) source.on("error", () => undefined);
      outgoing.destroy();
    };
    return arrivals;
  }

  async of(name: string): Promise<number> {
    return this.#at.get(name) ?? new Promise((resolve) => this.#waiting.set(name, resolve));
  }

  close(): void {
    this.#close();
  }

  #read(line: string): void {
    const at = performance.now();
    const event = added.safeParse(JSON.parse(line));
    if (!event.success) return;
    const { name } = event.data.object.metadata;
    this.#at.set(name, at);
    this.#waiting.get(name)?.(at);
  }
}
