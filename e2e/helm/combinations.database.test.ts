import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { applyVirtualMachine } from "@/lib/adapters/kubevirt/virtual-machines";
import { forbiddenFields } from "@/lib/catalog/forbidden-fields";
import { renderChart } from "@/lib/requests/template-export/chart/render-chart";
import { chartNameOf } from "@/lib/requests/template-export/chart/rules";
import { makeArchive } from "@/lib/requests/template-export/make-archive";
import { placeholderIdentity, renderPlainYaml } from "@/lib/requests/template-export/render-plain-yaml";
import { renderVm } from "@/lib/vms/render-vm";
import { makeCombinations, type Combination } from "./combinations/make-combinations";
import { openHall, type OpenHall } from "./combinations/open-hall";
import type { Hall } from "./combinations/sizes";
import { findHelm } from "./find-helm";
import { lintChart, lintValues } from "./lint-chart";
import { readArchive } from "./read-archive";
import { parseYaml, renderRelease, type ChartFiles } from "./render-release";

const folder = mkdtempSync(path.join(os.tmpdir(), "shepherd-helm-"));
const helm = findHelm(path.resolve(import.meta.dirname, "../.."), folder);
let combinations: Combination[];
let halls: Record<Hall, OpenHall>;

beforeAll(async () => {
  combinations = await makeCombinations();
  halls = { default: await openHall("default"), gpu: await openHall("gpu") };
});
afterAll(async () => {
  await Promise.all(Object.values(halls).map((hall) => hall.close()));
  rmSync(folder, { recursive: true, force: true });
});

describe("every template with every size", () => {
  test("would be refused for one field that KubeVirt does not know", async () => {
    const [first] = combinations;
    if (first === undefined) throw new Error("there are no combinations");
    const overrides = { "spec.template.spec.domain.cpu.corse": 2 };
    const manifest = renderVm(first.identity, { ...first.blueprint, overrides });
    const answer = applyVirtualMachine(halls.default.client, manifest, { dryRun: true });
    await expect(answer).rejects.toThrowError(/corse/);
  });

  test("is accepted by a cluster that has the hardware: asked strictly first, then made", async () => {
    const kinds = new Set(combinations.map(({ blueprint }) => blueprint.source.type));
    expect(kinds.size).toBe(3);
    expect(combinations.length).toBeGreaterThanOrEqual(60);
    const refused: string[] = [];
    const clusters = { default: 0, gpu: 0 };
    for (const { name, hall, identity, blueprint } of combinations) {
      const manifest = renderVm(identity, blueprint);
      refused.push(...forbiddenFields(manifest).map(({ path: at, reason }) => `${name}: ${at} ${reason}`));
      for (const dryRun of [true, false]) {
        const { client } = halls[hall];
        const answer = await applyVirtualMachine(client, manifest, { dryRun }).catch(
          (error: unknown) => error,
        );
        if (answer instanceof Error) refused.push(`${name}: ${answer.message}`);
        else if (!dryRun) clusters[hall] += 1;
      }
    }
    expect(refused).toEqual([]);
    expect(clusters.default + clusters.gpu).toBe(combinations.length);
    expect(Math.min(clusters.default, clusters.gpu)).toBeGreaterThanOrEqual(templatesPerSize());
    report(`${combinations.length} machines accepted strictly and made (${clusters.gpu} of them with H100)`);
  });

  test("as a chart is sound and renders to the manifest that Shepherd applies", async () => {
    const wrong: string[] = [];
    for (const { name, identity, exported } of combinations) {
      const { chart, files } = await readChart(exported);
      wrong.push(...lintChart(chart, files).map((problem) => `${name}: ${problem}`));
      const values = valuesOfIdentity(identity, exported);
      wrong.push(...lintValues(files, values).map((problem) => `${name}: ${problem}`));
      const release = { name: "any", namespace: identity.namespace, values };
      const output = renderRelease(files, release).get("templates/virtualmachine.yaml") ?? "";
      expect([name, parseYaml(output)]).toEqual([name, renderVm(identity, exported.blueprint)]);
    }
    expect(wrong).toEqual([]);
    report(`${combinations.length} charts sound, each renders to Shepherd's own manifest`);
  });

  test("as a chart passes Helm's own lint and renders there to the same", async () => {
    if (helm === null) {
      report("Helm itself is not installed: its own lint and template were not asked");
      return;
    }
    const archives: string[] = [];
    for (const { name, identity, exported } of combinations) {
      const { archive } = await readChart(exported);
      archives.push(archive);
      const values = path.join(folder, "values.json");
      writeFileSync(values, JSON.stringify(valuesOfIdentity(identity, exported)));
      const made = helm.run(
        "template",
        "any",
        archive,
        "--namespace",
        identity.namespace,
        "--values",
        values,
      );
      expect([name, parseYaml(made.output)]).toEqual([name, renderVm(identity, exported.blueprint)]);
    }
    const { code, output } = helm.run("lint", "--strict", ...archives);
    expect([code, output.trim().split("\n").at(-1)]).toEqual([
      0,
      `${combinations.length} chart(s) linted, 0 chart(s) failed`,
    ]);
    report(`${combinations.length} charts linted and rendered by Helm ${helm.version}`);
  }, 120_000);

  test("as YAML is the manifest that Shepherd applies", () => {
    for (const { name, exported } of combinations) {
      const text = renderPlainYaml(exported);
      expect([name, parse(text, { version: "1.1" })]).toEqual([
        name,
        renderVm(placeholderIdentity, exported.blueprint),
      ]);
      expect(text).not.toMatch(/&a\d|\*a\d/);
    }
  });

  test("leaves as it is asked for, but for its secrets", () => {
    for (const { name, blueprint, exported } of combinations) {
      const whole = { ...blueprint, initialPassword: null };
      if (exported.removedHashes === 0) expect([name, exported.blueprint]).toEqual([name, whole]);
      else expect(exported.blueprint.cloudInit).toBe(blueprint.cloudInit.replace(/\$6\$\S+/, '"*"'));
      expect(JSON.stringify(renderChart(exported)) + renderPlainYaml(exported)).not.toMatch(/\$6\$/);
    }
    expect(combinations.some(({ exported }) => exported.removedHashes > 0)).toBe(true);
    expect(combinations.some(({ blueprint }) => blueprint.initialPassword !== null)).toBe(true);
  });
});

function templatesPerSize(): number {
  return new Set(combinations.map(({ exported }) => exported.template.id)).size;
}

/** Packed and unpacked again, as whoever takes it away finds it. */
async function readChart(exported: Combination["exported"]) {
  const chart = chartNameOf(exported);
  const bytes = await makeArchive(chart, renderChart(exported));
  const archive = path.join(folder, `${chart}.tgz`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(archive, bytes);
  const entries = await readArchive(bytes);
  const files: ChartFiles = new Map(
    entries.map(({ header, text }) => [header.name.slice(chart.length + 1), text]),
  );
  expect(entries.every(({ header }) => header.name.startsWith(`${chart}/`))).toBe(true);
  return { chart, files, archive };
}

/** What belongs to one machine comes in by values. */
function valuesOfIdentity(identity: Combination["identity"], { blueprint }: Combination["exported"]) {
  const { metadata, spec } = renderVm(identity, blueprint);
  return {
    name: identity.name,
    labels: metadata.labels,
    disk: { labels: spec.dataVolumeTemplates?.[0]?.metadata.labels },
  };
}

function report(sentence: string): void {
  process.stdout.write(`helm: ${sentence}\n`);
}
