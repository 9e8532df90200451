import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { labControl, type LabAddress, type LabClient } from "@/e2e/lab/control-client";
import { startChild } from "./child-process";

export interface LabProcess {
  kubeconfig: string;
  address: LabAddress;
  control: LabClient;
  stop(): Promise<void>;
}

const kubeconfigShape = z.looseObject({
  clusters: z.tuple([
    z.looseObject({
      cluster: z.looseObject({ server: z.string(), "certificate-authority-data": z.string() }),
    }),
  ]),
  users: z.tuple([z.looseObject({ user: z.looseObject({ token: z.string() }) })]),
});

/** A cluster in a process of its own: nothing of it shares an event loop with whoever is looking. */
export async function startLabProcess({ speed }: { speed: number }): Promise<LabProcess> {
  const folder = mkdtempSync(path.join(os.tmpdir(), "shepherd-lab-"));
  const file = path.join(folder, "kubeconfig");
  const child = startChild(
    "e2e/lab/start.ts",
    ["--speed", String(speed), "--kubeconfig", file, "--with-parent"],
    {},
  );
  await child.lineMatching(/"ready":true/);
  const kubeconfig = readFileSync(file, "utf8");
  const { clusters, users } = kubeconfigShape.parse(parse(kubeconfig));
  const { server, "certificate-authority-data": authority } = clusters[0].cluster;
  const caPem = Buffer.from(authority, "base64").toString();
  const address = { url: server, caPem, token: users[0].user.token };
  return {
    kubeconfig,
    address,
    control: labControl(address),
    stop: async () => {
      child.signal("SIGTERM");
      await child.ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
