import { describe, expect, test } from "vitest";
import { anAdministrator, aPerson } from "@/e2e/factories/person";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import { activateTemplate } from "./activate-template";
import { addTemplateVersion } from "./add-template-version";
import { archiveTemplate } from "./archive-template";
import { createTemplate } from "./create-template";
import { deprecateTemplate } from "./deprecate-template";
import {
  listOfferedTemplates,
  listTemplates,
  listTemplateVersions,
  pageOfferedTemplates,
  readTemplate,
} from "./queries";
import { removeTemplate } from "./remove-template";
import { createTemplateInput, offeredFilter, templateFilter } from "./schema";
import { updateTemplate } from "./update-template";
import { compareTemplates } from "./versions/queries";

const template = (over: object = {}) =>
  createTemplateInput.parse({
    name: `debian-${newId().slice(-8)}`,
    displayName: "Debian",
    sourceType: "containerdisk",
    imageUrl: "quay.io/containerdisks/debian:13",
    catalogScope: "all",
    ...over,
  });

const statusesOf = async (name: string) =>
  (await db().template.findMany({ where: { name }, orderBy: { version: "asc" } })).map(
    ({ status }) => status,
  );

const actionsOn = async (id: string) =>
  (await db().auditLog.findMany({ where: { resourceId: id }, orderBy: { id: "asc" } })).map(
    ({ action }) => action,
  );

describe("a template's life", () => {
  test("a draft is offered to nobody until it is activated, and then where its scope reaches", async () => {
    const administrator = await anAdministrator();
    const developer = await aPerson("role-development-engineer");
    const { id } = await createTemplate(administrator, template({ catalogScope: "prod" }));
    const offered = async (environmentClass: "test" | "prod") =>
      (await listOfferedTemplates(developer, environmentClass)).map((row) => row.id);

    expect(await offered("prod")).not.toContain(id);
    await activateTemplate(administrator, { templateId: id });
    expect(await offered("prod")).toContain(id);
    expect(await offered("test")).not.toContain(id);
    await expect(activateTemplate(administrator, { templateId: id })).rejects.toMatchObject({
      code: "INVALID_STATE",
    });
  });

  test("activating the second version deprecates the first in the same breath", async () => {
    const administrator = await anAdministrator();
    const input = template();
    const first = await createTemplate(administrator, input);
    await activateTemplate(administrator, { templateId: first.id });

    const second = await addTemplateVersion(administrator, { templateId: first.id });
    expect(second.version).toBe(2);
    expect(await statusesOf(input.name)).toEqual(["active", "draft"]);
    await activateTemplate(administrator, { templateId: second.id });

    expect(await statusesOf(input.name)).toEqual(["deprecated", "active"]);
    const old = await readTemplate(administrator, first.id);
    expect(old.deprecatedAt).toEqual(administrator.now);
    expect(old.activatedAt).toEqual(administrator.now);
    expect(await actionsOn(second.id)).toEqual(["template.create", "template.activate"]);
  });

  test("of many who activate and begin versions at once, one version is active and one is a draft", async () => {
    const administrator = await anAdministrator();
    const input = template();
    const first = await createTemplate(administrator, input);
    await activateTemplate(administrator, { templateId: first.id });

    const begun = await Promise.allSettled(
      Array.from({ length: 6 }, () => addTemplateVersion(administrator, { templateId: first.id })),
    );
    const drafts = begun.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
    expect(drafts).toHaveLength(1);
    const refusals = begun.flatMap((one) => (one.status === "rejected" ? [one.reason as unknown] : []));
    for (const refusal of refusals) expect(refusal).toMatchObject({ code: "ALREADY_EXISTS" });

    const templateId = drafts[0]?.id ?? "";
    const activated = await Promise.allSettled(
      Array.from({ length: 6 }, () => activateTemplate(administrator, { templateId })),
    );
    expect(activated.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await statusesOf(input.name)).toEqual(["deprecated", "active"]);
  });

  test("only a draft is edited and deleted, and only by who saw its last edit", async () => {
    const administrator = await anAdministrator();
    const input = template({ cloudInit: "#cloud-config\npackages: [curl]\n" });
    const { id } = await createTemplate(administrator, input);

    const saved = await updateTemplate(administrator, { templateId: id, revision: 1, description: "Calm." });
    expect(saved).toEqual({ revision: 2 });
    await expect(
      updateTemplate(administrator, { templateId: id, revision: 1, description: "Late." }),
    ).rejects.toMatchObject({ code: "CONFLICT", params: { seen: 1, current: 2 } });
    const detail = await readTemplate(administrator, id);
    expect(detail).toMatchObject({ description: "Calm.", displayName: "Debian", cloudInit: input.cloudInit });

    await activateTemplate(administrator, { templateId: id });
    const edit = updateTemplate(administrator, { templateId: id, revision: 2, description: "No." });
    await expect(edit).rejects.toMatchObject({ code: "INVALID_STATE" });
    await expect(removeTemplate(administrator, { templateId: id })).rejects.toMatchObject({
      code: "INVALID_STATE",
    });
    await expect(archiveTemplate(administrator, { templateId: id })).rejects.toMatchObject({
      code: "INVALID_STATE",
    });
    await deprecateTemplate(administrator, { templateId: id, message: "Take Debian 14." });
    await archiveTemplate(administrator, { templateId: id });
    expect(await readTemplate(administrator, id)).toMatchObject({
      status: "archived",
      deprecationMessage: "Take Debian 14.",
    });
    expect(await actionsOn(id)).toEqual([
      ...["template.create", "template.update", "template.activate", "template.deprecate"],
      "template.archive",
    ]);
  });

  test("a deleted draft leaves its record and frees its name", async () => {
    const administrator = await anAdministrator();
    const input = template();
    const { id } = await createTemplate(administrator, input);

    await removeTemplate(administrator, { templateId: id });

    expect(await db().template.count({ where: { name: input.name } })).toBe(0);
    expect(await actionsOn(id)).toEqual(["template.create", "template.delete"]);
    await createTemplate(administrator, input);
    await expect(createTemplate(administrator, input)).rejects.toMatchObject({
      fields: [{ field: "name", code: "already_exists" }],
    });
  });

  test("two versions are compared by members and by lines of cloud-init", async () => {
    const administrator = await anAdministrator();
    const cloudInit = "#cloud-config\npackages:\n- curl\n- vim\n";
    const { id } = await createTemplate(administrator, template({ cloudInit, fieldConstraints: {} }));
    await activateTemplate(administrator, { templateId: id });
    const second = await addTemplateVersion(administrator, { templateId: id });
    await updateTemplate(administrator, {
      templateId: second.id,
      revision: 1,
      imageUrl: "quay.io/containerdisks/debian:14",
      cloudInit: "#cloud-config\npackages:\n- curl\n- tmux\n- vim\n",
    });

    const { changes, cloudInit: lines } = await compareTemplates(administrator, id, second.id);

    expect(changes).toEqual([
      {
        field: "imageUrl",
        before: "quay.io/containerdisks/debian:13",
        after: "quay.io/containerdisks/debian:14",
      },
    ]);
    expect(lines.filter(({ kind }) => kind !== "same")).toEqual([
      { kind: "added", text: "- tmux", before: null, after: 4 },
    ]);
    expect(lines).toHaveLength(5);
  });
});

describe("the lists", () => {
  test("the catalogue comes in pages, by name and newest version first, filtered in SQL", async () => {
    const administrator = await anAdministrator();
    const mark = newId().slice(-8);
    for (const letter of ["a", "b", "c"]) {
      const { id } = await createTemplate(administrator, template({ name: `page-${mark}-${letter}` }));
      await activateTemplate(administrator, { templateId: id });
      if (letter === "b") await addTemplateVersion(administrator, { templateId: id });
    }
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const filter = templateFilter.parse({ perPage: 2, q: `PAGE-${mark}`, ...(cursor ? { cursor } : {}) });
      const page = await listTemplates(administrator, filter);
      seen.push(...page.items.map(({ name, version }) => `${name.slice(-1)}${version}`));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);

    expect(seen).toEqual(["a1", "b2", "b1", "c1"]);
    const drafts = await listTemplates(administrator, templateFilter.parse({ q: mark, status: "draft" }));
    expect(drafts.items.map(({ version }) => version)).toEqual([2]);
    const nowhere = templateFilter.parse({ q: mark, scope: "prod" });
    expect((await listTemplates(administrator, nowhere)).items).toEqual([]);
    await expect(
      listTemplates(
        administrator,
        templateFilter.parse({ cursor: Buffer.from('["a","x"]').toString("base64url") }),
      ),
    ).rejects.toMatchObject({ fields: [{ field: "cursor" }] });
  });

  test("a tile says what whoever asks may set, and the pages hold each tile once", async () => {
    const administrator = await anAdministrator();
    const developer = await aPerson("role-development-engineer");
    const mark = newId().slice(-8);
    const grace = "spec.template.spec.terminationGracePeriodSeconds";
    for (const number of [1, 2, 3]) {
      const { id } = await createTemplate(
        administrator,
        template({
          displayName: `Tile ${mark} ${number}`,
          ...{
            loginUser: "debian",
            oneTimePassword: true,
            quickFields: ["disk_gb"],
            advancedFields: [grace],
          },
          ...{ fieldDefaults: { [grace]: 60 }, fieldConstraints: { disk_gb: { min: 10, max: 50 } } },
        }),
      );
      await activateTemplate(administrator, { templateId: id });
    }
    const first = await pageOfferedTemplates(developer, offeredFilter.parse({ perPage: 2, q: mark }));
    const second = await pageOfferedTemplates(
      developer,
      offeredFilter.parse({ perPage: 2, q: mark, cursor: first.nextCursor }),
    );

    expect([...first.items, ...second.items].map(({ displayName }) => displayName.slice(-1))).toEqual([
      ..."123",
    ]);
    expect(first.items[0]).toMatchObject({ loginUser: "debian", oneTimePassword: true, logoUrl: null });
    expect(first.items[0]?.fields).toEqual([
      {
        key: "disk_gb",
        layer: "quick",
        type: "integer",
        options: [],
        default: null,
        constraint: { min: 10, max: 50 },
      },
      { key: grace, layer: "advanced", type: "integer", options: [], default: 60, constraint: null },
    ]);
  });

  test("versions tell who lives on them", async () => {
    const administrator = await anAdministrator();
    const { id } = await createTemplate(administrator, template());
    await activateTemplate(administrator, { templateId: id });
    const second = await addTemplateVersion(administrator, { templateId: id });

    const versions = await listTemplateVersions(administrator, second.id);

    expect(versions.map(({ version, status, vmCount }) => [version, status, vmCount])).toEqual([
      [2, "draft", 0],
      [1, "active", 0],
    ]);
  });

  test("keeping the catalogue takes its permissions", async () => {
    const developer = await aPerson("role-development-engineer");
    const administrator = await anAdministrator();
    const { id: templateId } = await createTemplate(administrator, template());
    const denied = { params: { permission: "template:write" } };

    await expect(createTemplate(developer, template())).rejects.toMatchObject(denied);
    await expect(updateTemplate(developer, { templateId, revision: 1 })).rejects.toMatchObject(denied);
    await expect(addTemplateVersion(developer, { templateId })).rejects.toMatchObject(denied);
    await expect(activateTemplate(developer, { templateId })).rejects.toMatchObject(denied);
    await expect(deprecateTemplate(developer, { templateId, message: "" })).rejects.toMatchObject(denied);
    await expect(archiveTemplate(developer, { templateId })).rejects.toMatchObject(denied);
    await expect(removeTemplate(developer, { templateId })).rejects.toMatchObject(denied);
    const unread = { params: { permission: "template:read" } };
    await expect(listTemplates(developer, templateFilter.parse({}))).rejects.toMatchObject(unread);
    await expect(readTemplate(developer, templateId)).rejects.toMatchObject(unread);
    await expect(listTemplateVersions(developer, templateId)).rejects.toMatchObject(unread);
    await expect(compareTemplates(developer, templateId, templateId)).rejects.toMatchObject(unread);
  });
});
