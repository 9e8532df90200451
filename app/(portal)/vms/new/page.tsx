import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { requireContext } from "@/app/_http/current-context";
import { showDenied } from "@/app/_http/show-page";
import { readSearch, type SearchParameters } from "@/app/_http/read-search";
import { holdsPermission } from "@/components/requests/holds-permission";
import { NothingToRequest } from "@/components/requests/nothing-to-request";
import { missingPart, offerOf } from "@/components/requests/offer";
import { RequestForm } from "@/components/requests/request-form";
import { PageHeader } from "@/components/ui/page-header";
import { listEnvironments, listOwnPermissions } from "@/lib/access/queries";
import { listOfferedSizes } from "@/lib/catalog/sizes/queries";
import { listOfferedTemplates } from "@/lib/catalog/templates/queries";
import { listRequestableNamespaces } from "@/lib/clusters/queries";
import type { Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { perPageMax } from "@/lib/core/paging";
import { listServices, listSystems, readService } from "@/lib/systems/queries";
import { platformAdmin } from "@/lib/vocabulary/permissions";

const preselection = z.strictObject({
  serviceId: z.string().max(64).optional(),
  namespace: z.string().max(15).optional(),
  templateId: z.string().max(64).optional(),
  instanceSizeId: z.string().max(64).optional(),
});

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("requests");
  return { title: t("form.title") };
}

export default async function NewVmPage({ searchParams }: { searchParams: Promise<SearchParameters> }) {
  const ctx = await requireContext();
  const search = await searchParams;
  const t = await getTranslations("requests");
  const permissions = await listOwnPermissions(ctx);
  if (!holdsPermission(permissions, "vm:create")) {
    return showDenied(ctx, "vm:create");
  }
  const initial = readSearch(preselection, {
    ...search,
    serviceId: search["serviceId"] ?? search["service_id"],
  });
  const offer = await readOffer(ctx, initial.serviceId, permissions.includes(platformAdmin));
  const missing = missingPart(offer);
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: t("form.vms"), href: "/vms" }, { label: t("form.title") }]}
        title={t("form.title")}
        description={t("form.description")}
      />
      {missing === null ? (
        <RequestForm offer={offer} initial={initial} />
      ) : (
        <NothingToRequest missing={missing} />
      )}
    </>
  );
}

async function readOffer(ctx: Context, serviceId: string | undefined, isAdministrator: boolean) {
  const page = { perPage: perPageMax };
  const [services, systems, namespaces, environments, templates, sizes] = await Promise.all([
    listServices(ctx, page),
    listSystems(ctx, page),
    listRequestableNamespaces(ctx),
    listEnvironments(),
    listOfferedTemplates(ctx),
    listOfferedSizes(ctx),
  ]);
  const isListed = services.items.some(({ id }) => id === serviceId);
  // A service beyond the first page can still be the one that the link names.
  const named =
    serviceId === undefined || isListed ? null : await readService(ctx, serviceId).catch(unknownAsNull);
  return offerOf({
    services: named === null ? services.items : [named, ...services.items],
    systems: systems.items,
    namespaces,
    environments,
    templates,
    sizes,
    isAdministrator,
  });
}

/** An outdated link preselects nothing. */
function unknownAsNull(error: unknown): null {
  if (error instanceof AppError && error.status === 404) return null;
  throw error;
}
