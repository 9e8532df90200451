import { afterAll, beforeAll, expect, test } from "vitest";
import { labControl } from "../control-client";
import { callLab, until } from "./lab-client";
import type { KubevirtLab } from "./server";
import { startKubevirtLab } from "./server";

let lab: KubevirtLab;
beforeAll(async () => {
  lab = await startKubevirtLab({ clockSpeed: 50 });
});
afterAll(() => lab.stop());

test("the controls of another process do what those of this one do", async () => {
  const client = labControl(lab);
  await client.setUploads({ conversionMs: 10, failingConversions: 2, showProgress: true });
  expect(lab.control.uploads.settings).toMatchObject({
    conversionMs: 10,
    failingConversions: 2,
    showProgress: true,
  });
  expect(await client.uploads()).toEqual([]);
  await client.expireUploadTokens();
  await client.setImports({ seconds: 2, failures: [{ match: "debian", times: 1 }] });
  expect(lab.control.imports.stepPercent).toBe(10);
  expect(lab.control.imports.take("docker://debian:13")).toEqual({ match: "debian", times: 1 });
  await client.letImportsSucceed();
  expect(lab.control.imports.take("docker://debian:13")).toBeUndefined();
  await client.setKubevirtVersion("v1.5.2");
  const version = await callLab(lab, "GET", "/apis/subresources.kubevirt.io/v1/version");
  expect(version.body["gitVersion"]).toBe("v1.5.2");
  await expect(client.setKubevirtVersion("new")).rejects.toThrow("a version looks like v1.9.0");
});

test("load is put on and taken off from another process", async () => {
  const client = labControl(lab);
  const machines = await client.addMachines({ count: 3, namespace: "load", prefix: "m" });
  expect(machines.map((machine) => machine.name)).toEqual(["m-0", "m-1", "m-2"]);
  await client.changeMachine("load", "m-0", "touch");
  await client.emitChanges({ perSecond: 100, change: "touch", namespace: "load" });
  const before = await client.bytesSent();
  const first = lastRevision();
  await until("a change of the last machine", () => (lastRevision() === first ? undefined : true));
  expect(await client.stopChanges()).toBeGreaterThanOrEqual(3);
  expect(await client.bytesSent()).toBeGreaterThan(before);
});

function lastRevision(): string | undefined {
  return lab.control.objects("vm").find((vm) => vm.metadata.name === "m-2")?.metadata.resourceVersion;
}
