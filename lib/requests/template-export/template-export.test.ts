import { randomBytes } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { aSize, aTemplate } from "@/e2e/factories/catalogue";
import { anAdministrator, aPerson } from "@/e2e/factories/person";
import { refusalOf } from "@/e2e/factories/refusal";
import { readArchive } from "@/e2e/helm/read-archive";
import { GET as getChart } from "@/app/api/v1/templates/[id]/export/helm/route";
import { GET as getYaml } from "@/app/api/v1/templates/[id]/export/route";
import { deprecateSize } from "@/lib/catalog/sizes/deprecate-size";
import { addTemplateVersion } from "@/lib/catalog/templates/add-template-version";
import { deprecateTemplate } from "@/lib/catalog/templates/deprecate-template";
import { platformContext, type Context, type Person } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import { hashToken } from "@/lib/identity/check-token";
import { exportTemplate } from "./export-template";
import type { ExportFormat } from "./schema";

let administrator: Context & { actor: Person };
let developer: Context & { actor: Person };
let template: { id: string };
let size: { id: string; name: string };

beforeAll(async () => {
  administrator = await anAdministrator();
  developer = await aPerson("role-development-engineer");
  template = await aTemplate({ name: "ubuntu-24.04", cloudInit: "#cloud-config\npackages: [nginx]\n" });
  size = await aSize({ name: "medium" });
});

const ask = (
  ctx: Context,
  over: {
    templateId?: string;
    size?: string;
    format?: ExportFormat;
    targetDiskGb?: number;
    targetMemoryGi?: number;
  } = {},
) => exportTemplate(ctx, { templateId: template.id, size: size.name, format: "yaml", ...over });
const textOf = ({ bytes }: { bytes: Uint8Array }) => new TextDecoder().decode(bytes);
const recordsOf = (templateId: string) =>
  db().auditLog.findMany({
    where: { action: "template.export", resourceId: templateId },
    select: { actorId: true, details: true },
    orderBy: { id: "asc" },
  });

describe("who may take a template away", () => {
  test("whoever is offered it, by the size's name or id; each time it is recorded", async () => {
    const fresh = await aTemplate();
    const file = await ask(developer, { templateId: fresh.id });
    await ask(developer, { templateId: fresh.id, size: size.id, format: "helm" });

    expect(file).toMatchObject({ mediaType: "application/yaml" });
    expect(await recordsOf(fresh.id)).toEqual([
      { actorId: developer.actor.id, details: { format: "yaml", version: 1, size: size.name } },
      { actorId: developer.actor.id, details: { format: "helm", version: 1, size: size.name } },
    ]);
  });

  test("somebody without a role learns nothing, and nothing is recorded", async () => {
    const fresh = await aTemplate();
    const nobody = await aPerson(null);
    expect(await ask(nobody, { templateId: fresh.id }).catch(refusalOf)).toBe("PERMISSION_DENIED");
    expect(await ask(nobody, { templateId: "absent" }).catch(refusalOf)).toBe("PERMISSION_DENIED");
    expect(await recordsOf(fresh.id)).toEqual([]);
  });

  test("drafts, old versions and what is offered nowhere are there for the catalogue's keepers alone", async () => {
    const platform = platformContext("test");
    const draft = await addTemplateVersion(platform, { templateId: template.id });
    const old = await aTemplate();
    await deprecateTemplate(platform, { templateId: old.id, message: "" });
    const hidden = await aTemplate({ catalogScope: "unclassified" });
    for (const { id } of [draft, old, hidden]) {
      expect(await ask(developer, { templateId: id }).catch(refusalOf)).toBe("RESOURCE_NOT_FOUND");
      expect(textOf(await ask(administrator, { templateId: id }))).toContain("kind: VirtualMachine");
    }
  });

  test("a size that is not offered likewise", async () => {
    const old = await aSize();
    await deprecateSize(platformContext("test"), { name: old.name, message: "" });
    const hidden = await aSize({ catalogScope: "unclassified" });
    for (const { name } of [old, hidden]) {
      expect(await ask(developer, { size: name }).catch(refusalOf)).toBe("RESOURCE_NOT_FOUND");
      expect(textOf(await ask(administrator, { size: name }))).toContain("kind: VirtualMachine");
    }
    expect(await ask(administrator, { size: "absent" }).catch(refusalOf)).toBe("RESOURCE_NOT_FOUND");
  });

  test("who looks at the portal as somebody else is recorded under their own name", async () => {
    const fresh = await aTemplate();
    const { id, username, displayName } = administrator.actor;
    const viewing = { ...developer, actor: { ...developer.actor, viewedBy: { id, username, displayName } } };
    await ask(viewing, { templateId: fresh.id });
    expect(await recordsOf(fresh.id)).toMatchObject([{ actorId: id }]);
  });
});

describe("what is in it", () => {
  test("what was asked for within the size, and nothing beyond", async () => {
    expect(textOf(await ask(developer, { targetDiskGb: 50, targetMemoryGi: 1.5 }))).toMatch(
      /storage: 50Gi[\s\S]*guest: 1536Mi/,
    );
    expect(await ask(developer, { targetDiskGb: 101 }).catch(refusalOf)).toBe(
      "VALIDATION_FAILED targetDiskGb:too_large",
    );
    expect(await ask(developer, { targetMemoryGi: 2.5 }).catch(refusalOf)).toBe(
      "VALIDATION_FAILED targetMemoryGi:too_large",
    );
  });

  test("no secret: not the first password, no hash, no key in an address, and it says so", async () => {
    const hash = `$6$rounds=5000$${"s".repeat(16)}$${"h".repeat(86)}`;
    const secret = await aTemplate({
      ...{ sourceType: "cdi_image_import", loginUser: "ops", oneTimePassword: true },
      imageUrl:
        "https://images.example.com/disk.qcow2?v=2&X-Amz-Signature=c0ffee&sig=c0ffee&access_token=c0ffee",
      cloudInit: `#cloud-config\nusers:\n  - {name: ops, passwd: '${hash}'}\nwrite_files:\n  - path: /etc/shadow.d\n    content: |\n      ops:${hash}:1:\n`,
    });
    const files = [
      textOf(await ask(developer, { templateId: secret.id })),
      ...(await readArchive((await ask(developer, { templateId: secret.id, format: "helm" })).bytes)).map(
        ({ text }) => text,
      ),
    ];
    for (const text of files) expect(text).not.toMatch(/\$6\$|c0ffee|chpasswd/);
    const [yaml = ""] = files;
    expect(yaml).toContain("disk.qcow2?v=2");
    expect(yaml).toContain('passwd: "*"');
    expect(yaml).toContain("ops:*:1:");
    expect(yaml).toContain("2 password hashes were left out");
    expect(yaml).toContain("one-time password for ops");
    expect(yaml).toContain("The key in the image's address was left out");
  });

  test("a secret that came past the rules keeps the whole template in", async () => {
    const spoilt = await aTemplate();
    await db().template.update({
      where: { id: spoilt.id },
      data: { cloudInit: "#cloud-config\npassword: hunter2\n" },
      select: { id: true },
    });
    expect(await ask(administrator, { templateId: spoilt.id }).catch(refusalOf)).toBe(
      "TEMPLATE_SPEC_VIOLATION",
    );
    expect(await recordsOf(spoilt.id)).toEqual([]);
  });

  test("nobody's id: the labels are placeholders, the chart's are empty", async () => {
    const yaml = textOf(await ask(developer));
    expect(yaml).toContain("kubevirt-shepherd.io/ticket-id: my-ticket-id");
    for (const word of [developer.actor.id, developer.actor.username, template.id, size.id])
      expect(yaml).not.toContain(word);
  });

  test("the same bytes each time, under the chart's name", async () => {
    const [first, second] = [
      await ask(developer, { format: "helm" }),
      await ask(developer, { format: "helm" }),
    ];
    expect(Buffer.compare(first.bytes, second.bytes)).toBe(0);
    expect(first.name).toBe("ubuntu-24-04-medium-0.1.1.tgz");
    const names = (await readArchive(first.bytes)).map(({ header }) => header.name);
    expect(names).toEqual([...names].sort());
    expect(names[0]).toBe("ubuntu-24-04-medium/.helmignore");
  });
});

describe("the doors", () => {
  const send = async (door: typeof getYaml, search: string, id = template.id) => {
    const token = `shp_${randomBytes(32).toString("base64url")}`;
    const userId = developer.actor.id;
    const columns = {
      id: newId(),
      userId,
      name: "ci",
      createdBy: userId,
      permissions: [],
      isRestricted: false,
    };
    await db().apiToken.create({
      data: { ...columns, hash: hashToken(token), expiresAt: new Date(Date.now() + 60_000) },
      select: { id: true },
    });
    const request = new Request(`http://portal.example/api${search}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    return door(request, { params: Promise.resolve({ id }) });
  };

  test("hand out a file that no cache keeps and no browser runs", async () => {
    const yaml = await send(getYaml, "?size=medium&target_disk_gb=30");
    expect(yaml.status).toBe(200);
    expect(Object.fromEntries(yaml.headers)).toMatchObject({
      "content-type": "application/yaml",
      "content-disposition": 'attachment; filename="ubuntu-24-04-medium-v1.yaml"',
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    });
    expect(await yaml.text()).toContain("storage: 30Gi");
    const chart = await send(getChart, "?size=medium");
    expect(chart.headers.get("content-type")).toBe("application/gzip");
    expect(await readArchive(new Uint8Array(await chart.arrayBuffer()))).toHaveLength(8);
  });

  test("refuse what they do not know with a code", async () => {
    for (const [search, id, status] of [
      ["", template.id, 400],
      ["?size=medium&ticket=1", template.id, 400],
      ["?size=medium&target_disk_gb=much", template.id, 400],
      ["?size=medium", "absent", 404],
      ["?size=medium", "a\0b", 400],
    ] as const) {
      const response = await send(getYaml, search, id);
      expect([search, id, response.status]).toEqual([search, id, status]);
      expect(response.headers.get("content-type")).toContain("json");
    }
    const anonymous = new Request("http://portal.example/api?size=medium");
    expect((await getYaml(anonymous, { params: Promise.resolve({ id: template.id }) })).status).toBe(401);
  });
});
