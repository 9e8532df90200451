import { afterAll, beforeAll, expect, test } from "vitest";
import { PATCH as update } from "@/app/api/v1/admin/templates/[id]/route";
import { POST as create } from "@/app/api/v1/admin/templates/route";
import { aTemplate } from "@/e2e/factories/catalogue";
import { hostileImageUrls, hostileReferences } from "@/e2e/factories/hostile-image-urls";
import { anAdministrator } from "@/e2e/factories/person";
import { activateTemplate } from "@/lib/catalog/templates/activate-template";
import { addTemplateVersion } from "@/lib/catalog/templates/add-template-version";
import { createTemplate } from "@/lib/catalog/templates/create-template";
import { createTemplateInput } from "@/lib/catalog/templates/schema";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import { openSuite } from "../count-refusals";
import { countConnections, type ConnectionCounter } from "./count-connections";
import { refusalOfAnswer, refusalOfCall, refusalOfForm, type Refusal } from "./read-refusal";
import { anAdministratorsCookie, sendText } from "./send-text";
import { tryInput } from "./try-input";

const suite = openSuite("image addresses");
const inputsMin = 700;

let connections: ConnectionCounter;
let cookie: string;
let administrator: Context;
let draftId: string;
let nextId: string;

beforeAll(async () => {
  administrator = await anAdministrator();
  cookie = await anAdministratorsCookie();
  draftId = (await createTemplate(administrator, createTemplateInput.parse(aDraft()))).id;
  const active = await aTemplate();
  nextId = (await addTemplateVersion(administrator, { templateId: active.id })).id;
  connections = await countConnections();
});
afterAll(async () => {
  await connections.close();
  suite.print(inputsMin);
});

interface Address {
  sourceType: "cdi_image_import" | "containerdisk";
  imageUrl: string;
}

function aDraft(over: Partial<Address> = {}) {
  return {
    name: `t${newId().slice(-10)}`,
    displayName: "New",
    sourceType: "containerdisk",
    imageUrl: "quay.io/containerdisks/debian:13",
    ...over,
  };
}

const doors: Record<string, (address: Address) => Promise<Refusal | null>> = {
  create: (address) => {
    const { displayName, sourceType, imageUrl, name } = aDraft(address);
    const body = { name, display_name: displayName, source_type: sourceType, image_url: imageUrl };
    return refusalOfAnswer(sendText(create, { method: "POST", cookie, body }));
  },
  "create by form": (address) =>
    refusalOfForm(createTemplateInput, aDraft(address), (input) => createTemplate(administrator, input)),
  update: (address) => change(draftId, address),
  "the next version": (address) => change(nextId, address),
};

function change(id: string, { sourceType, imageUrl }: Address): Promise<Refusal | null> {
  const body = { revision: 1, source_type: sourceType, image_url: imageUrl };
  return refusalOfAnswer(sendText(update, { method: "PATCH", cookie, params: { id }, body }));
}

function isMarked({ code, fields }: Refusal): boolean {
  return code === "VALIDATION_FAILED" && fields.some((field) => /^image_?url$/i.test(field));
}

async function tryEverywhere(addresses: Address[]): Promise<void> {
  for (const address of addresses) {
    for (const [door, send] of Object.entries(doors)) {
      const name = `${address.sourceType} ${JSON.stringify(address.imageUrl).slice(0, 120)} at ${door}`;
      await tryInput({ suite, connections }, { name, attempt: () => send(address), isRight: isMarked });
    }
  }
}

const imports = hostileImageUrls.map((imageUrl): Address => ({ sourceType: "cdi_image_import", imageUrl }));
const disks = hostileReferences.map((imageUrl): Address => ({ sourceType: "containerdisk", imageUrl }));

test("addresses of imports", () => tryEverywhere(imports), 120_000);

test("references of container disks", () => tryEverywhere(disks), 120_000);

// A row may be older than a rule, and a copy of it is checked by nobody until somebody offers it.
test.each(hostileImageUrls.filter((_, at) => at % 8 === 0))(
  "a draft that has %j already is not offered",
  async (imageUrl) => {
    const { id } = await createTemplate(administrator, createTemplateInput.parse(aDraft()));
    const data = { sourceType: "cdi_image_import", imageUrl: imageUrl.replaceAll("\u0000", "") };
    await db().template.update({ where: { id }, data, select: { id: true } });
    await tryInput(
      { suite, connections },
      {
        name: `activate ${JSON.stringify(imageUrl)}`,
        attempt: () => refusalOfCall(() => activateTemplate(administrator, { templateId: id })),
        isRight: isMarked,
      },
    );
    expect((await db().template.findUniqueOrThrow({ where: { id } })).status).toBe("draft");
  },
);

test("a public address passes at every door, and still nobody is called", async () => {
  const good: Address = {
    sourceType: "cdi_image_import",
    imageUrl: "https://cloud-images.ubuntu.com/noble/current/noble-server-cloudimg-amd64.img",
  };
  const before = connections.made().length;
  for (const [door, send] of Object.entries(doors)) expect([door, await send(good)]).toEqual([door, null]);
  expect(connections.made()).toHaveLength(before);
});
