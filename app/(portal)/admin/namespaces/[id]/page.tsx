import { requireContext } from "@/app/_http/current-context";
import { showPage } from "@/app/_http/show-page";
import { NamespacePage } from "@/components/clusters/namespace-page";
import { listOwnPermissions } from "@/lib/access/queries";
import { listNamespacePlaces, readNamespaceUse } from "@/lib/clusters/namespaces/queries";
import { readNamespace } from "@/lib/clusters/queries";

interface PageProps {
  params: Promise<{ id: string }>;
}

export default async function OneNamespacePage({ params }: PageProps) {
  const ctx = await requireContext();
  const { id } = await params;
  return showPage(ctx, async () => {
    const permissions = await listOwnPermissions(ctx);
    const holds = (permission: "cluster:read" | "namespace:write") =>
      permissions.includes("platform:admin") || permissions.includes(permission);
    const [namespace, use, places] = await Promise.all([
      readNamespace(ctx, id),
      readNamespaceUse(ctx, id),
      holds("cluster:read") ? listNamespacePlaces(ctx, id) : null,
    ]);
    return (
      <NamespacePage namespace={namespace} use={use} places={places} mayWrite={holds("namespace:write")} />
    );
  });
}
