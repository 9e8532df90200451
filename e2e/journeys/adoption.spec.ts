import type { Page } from "@playwright/test";
import { expect, test, uniqueName } from "@/e2e/fixtures";
import { openClient } from "./api-client";
import { reachCluster, type Machine, type ReachedCluster } from "./reach-cluster";
import { createPlace } from "./take-machine";

// One story told in parts: each goes on where the one before ended, in the same open tabs.
test.describe.configure({ mode: "serial" });

const system = uniqueName("lost");
const service = `${system} / web`;
const labelled = uniqueName("found");
const unlabelled = uniqueName("billing");
const legacy = uniqueName("old");
const prefix = "kubevirt-shepherd.io";
let labCluster: ReachedCluster;

test.beforeAll(async ({ people, stack }) => {
  await people.signIn("dana");
  const dana = await openClient(stack, "dana");
  await createPlace(dana, system);
  await dana.close();
  labCluster = reachCluster(stack.lab.kubeconfig);
  for (const name of ["shop-test", legacy]) {
    await labCluster.control.put({ apiVersion: "v1", kind: "Namespace", metadata: { name } });
  }
});

test("a labelled machine that nobody recorded waits for a decision and is adopted as it is", async ({
  people,
}) => {
  const labels = {
    [`${prefix}/managed-by`]: "kubevirt-shepherd",
    [`${prefix}/system`]: system,
    [`${prefix}/service`]: "web",
    [`${prefix}/instance`]: "07",
    [`${prefix}/ticket-id`]: "0190a0a0-0000-7000-8000-000000000000",
    team: "harbour",
  };
  await makeByHand({ namespace: "shop-test", name: labelled, labels });
  const before = await labCluster.machine("shop-test", labelled);

  const { page } = await people.administrator();
  await page.goto("/admin/adoptions");
  const row = page.getByRole("row").filter({ hasText: labelled });
  await expect(row).toContainText("Another installation");
  await row.getByRole("link", { name: labelled }).click();
  await expect(page.getByRole("heading", { level: 1, name: labelled })).toBeVisible();
  await expect(page.getByRole("combobox", { name: "Service" })).toContainText(service);
  await expect(page.getByText("Nothing is written in the cluster.")).toBeVisible();
  await page.getByRole("button", { name: "Adopt", exact: true }).click();
  await page.getByRole("link", { name: "Open the virtual machine" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(labelled);

  expect(await labCluster.machine("shop-test", labelled)).toEqual(before);
});

test("a machine without labels is imported after each written line was shown", async ({ people }) => {
  await makeByHand({
    namespace: legacy,
    name: unlabelled,
    labels: { app: "billing", tier: "database" },
  });
  const before = await labCluster.machine(legacy, unlabelled);
  const { page } = await people.administrator();
  await openImport(page);
  const scanner = page.getByRole("row").filter({ hasText: "document-scanner" });
  await expect(scanner).toContainText(/\d forbidden fields?/);
  await page.getByRole("searchbox", { name: "Part of a name" }).fill(unlabelled);
  await page.getByRole("checkbox", { name: `Choose ${unlabelled}` }).check();
  await chooseService(page);
  await page.getByRole("button", { name: "Show what would be written" }).click();
  await page.getByRole("button", { name: `Register ${legacy} for test` }).click();
  await expect(page.getByText(`${legacy} is registered`)).toBeVisible();

  await page.getByRole("button", { name: "Show again" }).click();
  await expect(page.getByText("The cluster accepts it")).toBeVisible();
  const written = page.getByRole("insertion");
  await expect(written).toHaveCount(6);
  const shown = await written.allInnerTexts();
  await expect(page.getByText("2 other labels stay")).toBeVisible();
  await page.getByRole("button", { name: "Import 1 machine" }).click();
  const result = page
    .getByRole("table", { name: "Latest imports" })
    .getByRole("row")
    .filter({ hasText: unlabelled });
  await expect(result).toContainText("Imported");

  const after = await labCluster.machine(legacy, unlabelled);
  const added = Object.entries(after.metadata.labels).filter(([key]) => !(key in before.metadata.labels));
  expect(added.map(([key, value]) => `+ ${key}: ${value}`).toSorted()).toEqual(shown.toSorted());
  expect(withoutLabels(after)).toEqual(withoutLabels(before));
  expect(after.metadata.labels).toMatchObject(before.metadata.labels);
});

test("both are among the virtual machines and can be stopped and started", async ({ people }) => {
  const { page } = await people.administrator();
  for (const name of [labelled, unlabelled]) {
    await page.goto(`/vms?q=${name}`);
    await page.getByRole("link", { name }).click();
    await expect(page.getByText("It is up and running.")).toBeVisible({ timeout: 30_000 });
    await changePower(page, "Stop");
    await expect(page.getByText("It is stopped. Start it to work on it.")).toBeVisible({ timeout: 30_000 });
    await changePower(page, "Start");
    await expect(page.getByText("It is up and running.")).toBeVisible({ timeout: 30_000 });
  }
});

interface HandMade {
  namespace: string;
  name: string;
  labels: Record<string, string>;
}

/** A machine with a disk of its own, made past the portal by somebody with kubectl. */
async function makeByHand({ namespace, name, labels }: HandMade): Promise<void> {
  const root = `${name}-root`;
  const storage = { storageClassName: "fast", resources: { requests: { storage: "10Gi" } } };
  await labCluster.control.put({
    apiVersion: "kubevirt.io/v1",
    kind: "VirtualMachine",
    metadata: { name, namespace, labels },
    spec: {
      runStrategy: "Always",
      dataVolumeTemplates: [{ metadata: { name: root }, spec: { source: { blank: {} }, storage } }],
      template: {
        metadata: { labels },
        spec: {
          domain: {
            cpu: { cores: 2 },
            memory: { guest: "4Gi" },
            devices: {
              disks: [{ name: "root", disk: { bus: "virtio" } }],
              interfaces: [{ name: "default", masquerade: {} }],
            },
          },
          networks: [{ name: "default", pod: {} }],
          volumes: [{ name: "root", dataVolume: { name: root } }],
        },
      },
    },
  });
}

/** What an import must leave alone. */
function withoutLabels({ metadata, spec }: Machine): unknown {
  const { labels: _labels, ...kept } = metadata;
  return { spec, metadata: kept };
}

async function openImport(page: Page): Promise<void> {
  await page.goto("/admin/clusters");
  await page.getByRole("link", { name: "Lab", exact: true }).click();
  await page.getByRole("link", { name: "Import machines" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Import machines" })).toBeVisible();
}

async function chooseService(page: Page): Promise<void> {
  await page.getByRole("combobox", { name: "Service" }).selectOption({ label: service });
}

async function changePower(page: Page, label: "Stop" | "Start"): Promise<void> {
  await page.getByRole("button", { name: label, exact: true }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: label }).click();
}
