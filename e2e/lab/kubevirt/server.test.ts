import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { parse } from "yaml";
import {
  applyMachine,
  callLab,
  importingManifest,
  machineManifest,
  until,
  waitForStatus,
} from "./lab-client";
import { startKubevirtLab } from "./server";

test("certificates, tokens and objects survive a restart, and unfinished work goes on", async () => {
  const folder = mkdtempSync(join(tmpdir(), "lab-state-"));
  const first = await startKubevirtLab({ stateDirectory: folder, clockSpeed: 20 });
  await applyMachine(first, machineManifest("kept"));
  await waitForStatus(first, "kept", "Running");
  await applyMachine(first, importingManifest("unfinished"));
  await waitForStatus(first, "unfinished", "Provisioning");
  const before = first.control.objects("vmi").map((one) => one.metadata.uid);
  await first.stop();

  const second = await startKubevirtLab({ stateDirectory: folder, clockSpeed: 20 });
  expect([second.caPem, second.token]).toEqual([first.caPem, first.token]);
  expect((await callLab(second, "GET", "/version")).code).toBe(200);
  expect(second.control.objects("vmi").map((one) => one.metadata.uid)).toEqual(before);
  await waitForStatus(second, "unfinished", "Running");
  await second.stop();
  rmSync(folder, { recursive: true });
});

test("a thousand machines come up and a watch hears of each", async () => {
  const nodes = Array.from({ length: 10 }, (_, index) => ({
    name: `node-${index}`,
    cpu: 256,
    memoryGi: 1024,
  }));
  const lab = await startKubevirtLab({ clockSpeed: 50, inventory: { nodes } });
  for (let index = 0; index < 1000; index += 1) lab.control.put(asDraft(`vm-${index}`));
  const running = () =>
    lab.control.objects("vm").filter((vm) => vm.status?.["printableStatus"] === "Running").length;
  await until("a thousand running machines", () => (running() === 1000 ? true : undefined), 50_000);
  const list = await callLab(lab, "GET", "/apis/kubevirt.io/v1/virtualmachines?limit=500");
  expect(list.body["metadata"]).toMatchObject({ remainingItemCount: 500 });
  await lab.stop();
}, 60_000);

function asDraft(name: string) {
  const { spec } = machineManifest(name);
  return {
    apiVersion: "kubevirt.io/v1",
    kind: "VirtualMachine",
    metadata: { name, namespace: "default" },
    spec,
  };
}

test("the process announces itself and a second cluster, writes their kubeconfigs and ends on SIGTERM", async () => {
  const folder = mkdtempSync(join(tmpdir(), "lab-process-"));
  const entry = fileURLToPath(new URL("../start.ts", import.meta.url));
  const kubeconfig = join(folder, "kubeconfig");
  const flags = ["--kubeconfig", kubeconfig, "--fault", "status=429,path=virtualmachines,times=1"];
  const second = join(folder, "gpu-cluster.kubeconfig");
  flags.push(
    "--second-inventory",
    "gpu",
    "--second-state",
    join(folder, "gpu"),
    "--second-kubeconfig",
    second,
  );
  const lab = spawn(process.execPath, ["--import", "tsx", entry, ...flags], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  lab.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const line = await until("the line", () => (output.includes("\n") ? output : undefined), 20_000);
  expect(JSON.parse(line)).toMatchObject({ ready: true, kubeconfig, guests: "picture" });
  const config: { clusters: { cluster: { server: string } }[] } = parse(readFileSync(kubeconfig, "utf8"));
  expect(config.clusters[0]?.cluster.server).toBe(JSON.parse(line).url);
  expect(JSON.parse(line)).toMatchObject({ second: { name: "gpu", kubeconfig: second } });
  const other: { clusters: { cluster: { server: string } }[] } = parse(readFileSync(second, "utf8"));
  expect(other.clusters[0]?.cluster.server).toBe(JSON.parse(line).second.url);
  const ended = new Promise((resolve) => lab.on("exit", resolve));
  const before = performance.now();
  lab.kill("SIGTERM");
  expect(await ended).toBe(0);
  expect(performance.now() - before).toBeLessThan(1500);
  rmSync(folder, { recursive: true });
}, 30_000);
