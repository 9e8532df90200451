import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext, type PersonContext } from "@/app/_http/current-context";
import { showPage } from "@/app/_http/show-page";
import { CallbackCard } from "@/components/desks/callback-card";
import { DeskForm } from "@/components/desks/desk-form";
import { DeskHeader } from "@/components/desks/desk-header";
import { SecretCard } from "@/components/desks/secret-card";
import { TestCard } from "@/components/desks/test-card";
import { listEnvironmentUse } from "@/lib/access/environments/queries";
import { readDesk } from "@/lib/requests/desks/queries";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("desks.list");
  return { title: t("title") };
}

export default async function DeskPage({ params }: { params: Promise<{ id: string }> }) {
  const ctx = await requireContext();
  const { id } = await params;
  return showPage(ctx, () => renderDesk(ctx, id));
}

async function renderDesk(ctx: PersonContext, id: string) {
  const desk = await readDesk(ctx, id);
  const environments = (await listEnvironmentUse(ctx)).map(({ name }) => name);
  return (
    <>
      <DeskHeader desk={desk} part="settings" />
      <div className="grid min-w-0 items-start gap-5 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <DeskForm key={desk.version} type={desk.type} desk={desk} environments={environments} />
        <div className="grid min-w-0 gap-4">
          <TestCard deskId={desk.id} />
          <SecretCard desk={desk} />
          <CallbackCard desk={desk} />
        </div>
      </div>
    </>
  );
}
