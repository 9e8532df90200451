import fc from "fast-check";
import { expect, test } from "vitest";
import { lintChart } from "@/e2e/helm/lint-chart";
import { parseYaml, renderRelease } from "@/e2e/helm/render-release";
import { renderVm } from "@/lib/vms/render-vm";
import type { VmBlueprint, VmIdentity } from "@/lib/vms/schema";
import { placeholderIdentity, renderPlainYaml } from "../render-plain-yaml";
import type { ResolvedExport } from "../resolve-export";
import { renderChart } from "./render-chart";
import { chartNameOf } from "./rules";

const identity: VmIdentity = {
  ...{ name: "shop-store-web-01", namespace: "shop", system: "store", service: "web", serviceId: "s" },
  ...{ instance: "01", ticketId: "t", createdBy: "u" },
};
const plain: VmBlueprint = {
  ...{
    source: { type: "containerdisk", imageUrl: "quay.io/disks/ubuntu:24.04" },
    cloudInit: "",
    osFamily: "linux",
  },
  ...{ cpuRequest: 1, cpuLimit: 2, memoryRequestGi: 2, memoryLimitGi: 4, diskGb: 20, dedicatedCpu: false },
  ...{ gpuDevices: [], hugepagesSize: null, storageClass: null, dvAccessModes: [], dvVolumeMode: null },
  ...{ sriovNetworks: [], overrides: {}, initialPassword: null },
};

function anExport(blueprint: Partial<VmBlueprint> = {}, words = "Ubuntu"): ResolvedExport {
  return {
    template: {
      ...{ id: "t", name: "ubuntu.lts", version: 7, displayName: words, description: words },
      ...{ oneTimePassword: true, loginUser: "ubuntu", osFamily: "linux", isUploadedImage: true },
    },
    size: { id: "s", name: "small", displayName: words },
    blueprint: { ...plain, ...blueprint },
    ...{ removedHashes: 1, removedKey: true },
  };
}

function filesOf(found: ResolvedExport): Map<string, string> {
  return new Map(renderChart(found).map(({ path, text }) => [path, text]));
}

function rendered(
  found: ResolvedExport,
  values: Record<string, unknown>,
  name = "any",
): Record<string, unknown> {
  const output = renderRelease(filesOf(found), { name, namespace: "shop", values });
  return parseYaml(output.get("templates/virtualmachine.yaml") ?? "");
}

function valuesOf({ blueprint }: ResolvedExport): Record<string, unknown> {
  const { metadata, spec } = renderVm(identity, blueprint);
  const labels = spec.dataVolumeTemplates?.[0]?.metadata.labels;
  return { name: identity.name, labels: metadata.labels, disk: { labels } };
}

/** Signs of YAML, of Go's templates, of shells; whatever else there is. */
const text = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 30 }),
  fc
    .array(
      fc.constantFrom(
        ...[
          "{{",
          "}}",
          "{",
          "}",
          "-",
          "\n",
          "\t",
          '"',
          "'",
          "`",
          "\\",
          "%s",
          "%",
          "#",
          ": ",
          "|",
          ">",
          "&a",
          "*a",
          "!",
        ],
        ...[
          "yes",
          "null",
          "~",
          "1e3",
          "0x1F",
          "12:30",
          "\u0085",
          "\u2028",
          "\ufeff",
          "\u0007",
          "\u007f",
          "é",
          "🚀",
          "$x",
          " ",
        ],
        ...[".Values.name", "include", "name-of-the-exported-machine"],
      ),
      { maxLength: 12 },
    )
    .map((parts) => parts.join("")),
);
const key = text.filter((word) => word !== "" && word !== "__proto__" && word !== "labels");
const scalar = fc.oneof(
  text,
  fc.integer(),
  fc.boolean(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);
const json = fc.oneof(
  scalar,
  fc.array(scalar, { maxLength: 4 }),
  fc.dictionary(key, scalar, { maxKeys: 4 }),
  fc.array(fc.dictionary(key, scalar, { minKeys: 1, maxKeys: 3 }), { maxLength: 3 }),
);

test("whatever a template or a size says comes out of the chart as it went in", () => {
  const blueprints = fc.record({
    cloudInit: text.map((words) => (words === "" ? "" : `#cloud-config\n${words}`)),
    overrides: fc.record({
      "spec.template.spec.domain.firmware": json,
      "spec.template.spec.dnsPolicy": scalar,
    }),
    sriovNetworks: fc.array(fc.constantFrom("default/a", "net/b"), { maxLength: 3 }),
    storageClass: fc.constantFrom(null, "fast", "on"),
  });
  fc.assert(
    fc.property(blueprints, text, (drawn, words) => {
      // As the database gives them: it knows no -0.
      const blueprint = JSON.parse(JSON.stringify(drawn)) as typeof drawn;
      fc.pre(!JSON.stringify(blueprint).includes("name-of-the-exported-machine"));
      const found = anExport(blueprint, words);
      // Go's YAML takes some of these for the end of a line and refuses the others.
      expect([...filesOf(found).values(), renderPlainYaml(found)].join("")).not.toMatch(
        /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/,
      );
      expect(parseYaml(renderPlainYaml(found))).toEqual(
        JSON.parse(JSON.stringify(renderVm(placeholderIdentity, found.blueprint))),
      );
      const expected: unknown = JSON.parse(JSON.stringify(renderVm(identity, found.blueprint)));
      expect(rendered(found, valuesOf(found))).toEqual(expected);
    }),
    { numRuns: 300 },
  );
});

test("words of people in the head of a chart spoil no file of it", () => {
  fc.assert(
    fc.property(text, (words) => {
      const found = anExport({}, words);
      expect(lintChart(chartNameOf(found), filesOf(found))).toEqual([]);
    }),
    { numRuns: 100 },
  );
});

test("a size's own list of networks stays as it is", () => {
  const overrides = {
    "spec.template.spec.networks": [
      { name: "default", pod: {} },
      { name: "fabric", multus: { networkName: "a/b" } },
    ],
    "spec.template.spec.domain.devices.interfaces": [
      { name: "default", masquerade: {} },
      { name: "fabric", sriov: {} },
    ],
  };
  const found = anExport({ overrides, sriovNetworks: ["a/b"] });
  expect(rendered(found, valuesOf(found))).toEqual(renderVm(identity, found.blueprint));
});

test("each value changes what it says it does", () => {
  const found = anExport({
    cloudInit: "#cloud-config\npackages: []\n",
    gpuDevices: [{ name: "a.example/g", count: 1 }],
  });
  const made = rendered(found, {
    ...{ name: "db", runStrategy: "Halted", annotations: { note: "yes" }, cloudInit: "", gpus: [] },
    ...{
      cpu: { cores: 8, limit: 8 },
      memory: { guest: "9Gi" },
      networks: [{ name: "x", networkName: "a/b" }],
    },
    image: { url: "docker://quay.io/disks/debian:13" },
    disk: { size: "99Gi", storageClassName: "slow", accessModes: ["ReadWriteOnce"], volumeMode: "Block" },
  });
  expect(made).toMatchObject({
    metadata: {
      name: "db",
      annotations: { note: "yes", "kubevirt-shepherd.io/fqdn": "db.shop.svc.cluster.local" },
    },
    spec: {
      runStrategy: "Halted",
      dataVolumeTemplates: [
        {
          metadata: { name: "db-root" },
          spec: {
            source: { registry: { url: "docker://quay.io/disks/debian:13" } },
            storage: {
              resources: { requests: { storage: "99Gi" } },
              ...{ storageClassName: "slow", accessModes: ["ReadWriteOnce"], volumeMode: "Block" },
            },
          },
        },
      ],
      template: { spec: { hostname: "db", domain: { cpu: { cores: 8 }, memory: { guest: "9Gi" } } } },
    },
  });
  expect(JSON.stringify(made)).not.toMatch(/cloudinit|gpus/);
  expect(JSON.stringify(made)).toContain('{"name":"x","multus":{"networkName":"a/b"}}');
  expect(JSON.stringify(made)).toContain('{"name":"x","sriov":{}}');
});

test("a release whose name no machine could have makes a machine all the same", () => {
  const name = `my.release.${"x".repeat(38)}.y`;
  expect(rendered(anExport(), {}, name)).toMatchObject({
    metadata: { name: `my-release-${"x".repeat(38)}` },
    spec: { template: { spec: { hostname: `my-release-${"x".repeat(38)}` } } },
  });
});

test("what makes a chart unsound is found", () => {
  const sound = filesOf(anExport());
  const chart = chartNameOf(anExport());
  const spoil = (path: string, before: RegExp | string, after: string) =>
    lintChart(chart, new Map(sound).set(path, (sound.get(path) ?? "").replace(before, after)));
  expect(lintChart(chart, sound)).toEqual([]);
  expect(lintChart("other", sound)).not.toEqual([]);
  expect(spoil("Chart.yaml", "0.1.7", "v1")).not.toEqual([]);
  expect(spoil("Chart.yaml", "ubuntu-lts-small", "Ubuntu_LTS")).not.toEqual([]);
  expect(spoil("values.yaml", "cores: 2", "cores: 0")).not.toEqual([]);
  expect(spoil("values.yaml", "cores: 2", "")).not.toEqual([]);
  expect(spoil("values.yaml", "cores: 2", "cores: 2\n  sockets: 1")).not.toEqual([]);
  expect(spoil("values.yaml", "runStrategy: Always", "runStrategy: Sometimes")).not.toEqual([]);
  expect(spoil("templates/virtualmachine.yaml", "{{- end }}", "")).not.toEqual([]);
  expect(spoil("templates/virtualmachine.yaml", "spec:", "\tspec:")).not.toEqual([]);
  expect(spoil("templates/virtualmachine.yaml", "kind: VirtualMachine\n", "")).not.toEqual([]);
  expect(
    spoil("templates/virtualmachine.yaml", '{{ include "ubuntu-lts-small.name" . | quote }}', "Not_A_Name"),
  ).not.toEqual([]);
  expect(spoil("templates/_helpers.tpl", "trimAll", "trimNothing")).not.toEqual([]);
  const without = new Map(sound);
  without.delete("values.schema.json");
  expect(lintChart(chart, without)).not.toEqual([]);
});
