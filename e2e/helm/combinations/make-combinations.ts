import { aSize, aTemplate } from "@/e2e/factories/catalogue";
import { platformContext } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { makeInitialPassword } from "@/lib/catalog/templates/make-initial-password";
import { blueprintOf } from "@/lib/requests/rules";
import { readSize, readTemplate } from "@/lib/requests/store";
import { resolveExport, type ResolvedExport } from "@/lib/requests/template-export/resolve-export";
import type { VmBlueprint, VmIdentity } from "@/lib/vms/schema";
import { sizesOfCombinations, type Hall } from "./sizes";
import { templatesOfCombinations } from "./templates";

export interface Combination {
  name: string;
  hall: Hall;
  identity: VmIdentity;
  /** What an approval would freeze, with a first password where the template gives one. */
  blueprint: VmBlueprint;
  exported: ResolvedExport;
}

/** Each template with each size, both made by the use cases that an administrator has. */
export async function makeCombinations(): Promise<Combination[]> {
  const templates: string[] = [];
  for (const template of templatesOfCombinations) templates.push((await aTemplate(template)).id);
  const sizes: { id: string; hall: Hall }[] = [];
  for (const { hall, size } of sizesOfCombinations) sizes.push({ id: (await aSize(size)).id, hall });
  const combinations: Combination[] = [];
  for (const templateId of templates) {
    for (const size of sizes) combinations.push(await combine(templateId, size, combinations.length));
  }
  return combinations;
}

async function combine(
  templateId: string,
  { id: sizeId, hall }: { id: string; hall: Hall },
  number: number,
): Promise<Combination> {
  const template = await readTemplate(db(), templateId);
  const size = await readSize(db(), sizeId);
  const asked = blueprintOf(template, size, {}, {});
  const { hash } = makeInitialPassword();
  const initialPassword = asked.initialPassword === null ? null : { ...asked.initialPassword, hash };
  const input = { templateId, size: sizeId, format: "helm" } as const;
  return {
    name: `${template.name} × ${size.name}`,
    hall,
    identity: identityOf(String(number + 1).padStart(2, "0")),
    blueprint: { ...asked, initialPassword },
    exported: await resolveExport(db(), platformContext("test"), input),
  };
}

function identityOf(instance: string): VmIdentity {
  return {
    ...{ name: `shop-store-web-${instance}`, namespace: "shop", system: "store", service: "web" },
    ...{ serviceId: "service-0001", instance, ticketId: "ticket-0001", createdBy: "user-0001" },
  };
}
