import { describe, expect, test } from "vitest";
import { aHolder, recordsOf } from "@/e2e/factories/account";
import { aCluster } from "@/e2e/factories/cluster";
import { aNamespace } from "@/e2e/factories/namespace";
import { anAdministrator, aPerson } from "@/e2e/factories/person";
import { aMapping } from "@/e2e/factories/mapping";
import { refusalOf } from "@/e2e/factories/refusal";
import { permissions } from "@/lib/vocabulary/permissions";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import { listEnvironments } from "@/lib/access/queries";
import { createEnvironment } from "./create-environment";
import { deleteEnvironment } from "./delete-environment";
import { listEnvironmentUse } from "./queries";
import { createEnvironmentInput } from "./schema";
import { updateEnvironment } from "./update-environment";

const outcome = (attempt: Promise<unknown>) => attempt.then(() => "done").catch(refusalOf);
const aName = () => `e${newId().slice(-8)}`;
const aDraft = (name = aName()) =>
  createEnvironmentInput.parse({ name, class: "prod", displayName: "Recovery" });

describe("environments", () => {
  test("are there for everybody once they are made, in their order", async () => {
    const ctx = await anAdministrator();
    const draft = { ...aDraft(), sortOrder: 15 };

    await createEnvironment(ctx, draft);

    const names = (await listEnvironments()).map(({ name }) => name);
    expect(names.indexOf(draft.name)).toBe(names.indexOf("test") + 1);
    expect(names.indexOf(draft.name)).toBeLessThan(names.indexOf("prod"));
    expect(await recordsOf(ctx)).toMatchObject([{ action: "environment.create", resourceId: draft.name }]);
  });

  test.for(["default", "system", "all", "kube-a", "test"])("%s cannot be made", async (name) => {
    const code = name === "test" ? "already_exists" : "reserved";
    expect(await outcome(createEnvironment(await anAdministrator(), aDraft(name)))).toBe(
      `VALIDATION_FAILED name:${code}`,
    );
  });

  test.for(["Uat", "u--at", "-uat", "uat-", "1uat", "u".repeat(16), "u at", ""])("%s is no name", (name) => {
    expect(createEnvironmentInput.safeParse({ name, class: "test", displayName: "x" }).success).toBe(false);
  });

  test("are changed in all but name and class", async () => {
    const ctx = await anAdministrator();
    const draft = aDraft();
    await createEnvironment(ctx, draft);

    await updateEnvironment(ctx, { name: draft.name, displayName: "Second site", description: "Far away" });

    expect(await db().environment.findUniqueOrThrow({ where: { name: draft.name } })).toMatchObject({
      class: "prod",
      displayName: "Second site",
      description: "Far away",
      sortOrder: 100,
    });
    expect(await outcome(updateEnvironment(ctx, { name: "nowhere" }))).toBe("RESOURCE_NOT_FOUND");
  });

  test("are the business of whoever administers the platform", async () => {
    const almost = await aHolder(...permissions.filter((permission) => permission !== "platform:admin"));
    const viewer = await aPerson("role-viewer");
    for (const ctx of [almost, viewer]) {
      expect(await outcome(createEnvironment(ctx, aDraft()))).toBe("PERMISSION_DENIED");
      expect(await outcome(updateEnvironment(ctx, { name: "test", displayName: "x" }))).toBe(
        "PERMISSION_DENIED",
      );
      expect(await outcome(deleteEnvironment(ctx, { name: "test", confirmName: "test" }))).toBe(
        "PERMISSION_DENIED",
      );
      expect(await outcome(listEnvironmentUse(ctx))).toBe("PERMISSION_DENIED");
    }
  });
});

describe("deleting", () => {
  const uses = {
    namespaces: (environment: string) => aNamespace({ environment }),
    clusters: (environment: string) => aCluster({ environment }),
    bindings: (environment: string) => aPerson("role-viewer", { environments: ["test", environment] }),
    mappings: (environment: string) => aMapping({ roleId: "role-viewer", environments: [environment] }),
    tokens: async (environment: string) => {
      const { actor } = await aPerson(null);
      const expiresAt = new Date(Date.now() + 60_000);
      const row = {
        id: newId(),
        userId: actor.id,
        name: "ci",
        hash: newId(),
        createdBy: actor.id,
        expiresAt,
      };
      return db().apiToken.create({ data: { ...row, permissions: [], environments: [environment] } });
    },
  };

  test.for(Object.keys(uses) as (keyof typeof uses)[])(
    "waits while there are %s, and counts them",
    async (children) => {
      const ctx = await anAdministrator();
      const { name } = await createEnvironment(ctx, aDraft());
      await uses[children](name);

      await expect(deleteEnvironment(ctx, { name, confirmName: name })).rejects.toMatchObject({
        code: "DELETE_RESTRICTED",
        params: { entity: "environment", children, childCount: 1 },
      });
      const row = (await listEnvironmentUse(ctx)).find((use) => use.name === name);
      const { namespaceCount, clusterCount, bindingCount, mappingCount, tokenCount } = row ?? {};
      const counted = {
        namespaces: namespaceCount,
        clusters: clusterCount,
        bindings: bindingCount,
        mappings: mappingCount,
        tokens: tokenCount,
      };
      expect(counted).toEqual({
        namespaces: 0,
        clusters: 0,
        bindings: 0,
        mappings: 0,
        tokens: 0,
        [children]: 1,
      });
    },
  );

  test("takes the name typed", async () => {
    const ctx = await anAdministrator();
    const { name } = await createEnvironment(ctx, aDraft());

    expect(await outcome(deleteEnvironment(ctx, { name }))).toBe("DELETE_CONFIRMATION_REQUIRED");
    expect(await outcome(deleteEnvironment(ctx, { name, confirmName: "wrong" }))).toBe(
      "CONFIRMATION_NAME_MISMATCH",
    );
    await deleteEnvironment(ctx, { name, confirmName: name });

    expect(await db().environment.count({ where: { name } })).toBe(0);
    expect((await recordsOf(ctx)).at(-1)).toMatchObject({ action: "environment.delete", resourceId: name });
  });
});
