import { describe, expect, test } from "vitest";
import { compareManifests } from "./rules";

const machine = (over: Record<string, unknown> = {}, template: Record<string, unknown> = {}) => ({
  kind: "VirtualMachine",
  metadata: { name: "web-01", labels: { "kubevirt-shepherd.io/system": "shop" } },
  spec: {
    runStrategy: "Always",
    template: {
      spec: {
        domain: { cpu: { cores: 4, sockets: 1, threads: 1 }, memory: { guest: "4Gi" } },
        volumes: [{ name: "root", dataVolume: { name: "web-01-root" } }, { name: "cloudinit" }],
        ...template,
      },
    },
    ...over,
  },
});

const paths = (live: Record<string, unknown>) => compareManifests(machine(), live).map(({ path }) => path);

describe("what the cluster has otherwise", () => {
  test("the same object differs in nothing, and neither does one with the cluster's own additions", () => {
    expect(paths(machine())).toEqual([]);
    const live = machine({ preference: { name: "linux" } }, { hostname: "web-01" });
    expect(paths({ ...live, status: { ready: true }, metadata: { ...live.metadata, uid: "1" } })).toEqual([]);
  });

  test("whether it runs is no difference", () => {
    expect(paths(machine({ runStrategy: "Halted" }))).toEqual([]);
  });

  test("a changed amount is named by its path, with both values", () => {
    const live = machine(
      {},
      { domain: { cpu: { cores: 4, sockets: 1, threads: 1 }, memory: { guest: "8Gi" } } },
    );
    expect(compareManifests(machine(), live)).toEqual([
      { path: "spec.template.spec.domain.memory.guest", wanted: "4Gi", live: "8Gi" },
    ]);
  });

  test("as many processors in another shape are the same, more are not", () => {
    const memory = { guest: "4Gi" };
    expect(paths(machine({}, { domain: { cpu: { cores: 2, sockets: 2, threads: 1 }, memory } }))).toEqual([]);
    expect(paths(machine({}, { domain: { cpu: { cores: 4, sockets: 2, threads: 1 }, memory } }))).toEqual([
      "spec.template.spec.domain.cpu.sockets",
    ]);
  });

  test("lists go by name: another order is none, a missing member is", () => {
    const volumes = [{ name: "cloudinit" }, { name: "root", dataVolume: { name: "web-01-root" } }];
    expect(paths(machine({}, { volumes }))).toEqual([]);
    expect(paths(machine({}, { volumes: [{ name: "cloudinit" }] }))).toEqual([
      "spec.template.spec.volumes[root].name",
      "spec.template.spec.volumes[root].dataVolume.name",
    ]);
  });

  test("a number that comes back as text is the same", () => {
    expect(compareManifests({ spec: { port: 80 } }, { spec: { port: "80" } })).toEqual([]);
  });

  test("what is shown is bounded, in number and in length", () => {
    const wanted = Object.fromEntries(
      Array.from({ length: 300 }, (_, index) => [`k${index}`, "x".repeat(900)]),
    );
    const rows = compareManifests({ spec: wanted }, { spec: {} });
    expect(rows).toHaveLength(100);
    expect(rows[0]?.wanted).toHaveLength(300);
    expect(rows[0]?.live).toBeNull();
  });
});
