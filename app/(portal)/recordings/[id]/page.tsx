import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext, type PersonContext } from "@/app/_http/current-context";
import { showPage } from "@/app/_http/show-page";
import { ExportRecording } from "@/components/recordings/export-recording";
import { RecordingCondition } from "@/components/recordings/recording-condition";
import { RecordingFacts } from "@/components/recordings/recording-facts";
import { RecordingStatusBadge } from "@/components/recordings/recording-status";
import { RecordingPlayer } from "@/components/recordings/replay/recording-player";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { readRecording } from "@/lib/console/recordings/queries";

interface RecordingPageProps {
  params: Promise<{ id: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("recordings");
  return { title: t("one") };
}

export default async function RecordingPage({ params }: RecordingPageProps) {
  const ctx = await requireContext();
  const { id } = await params;
  return showPage(ctx, () => renderRecording(ctx, id));
}

async function renderRecording(ctx: PersonContext, id: string) {
  const [t, recording] = await Promise.all([getTranslations("recordings"), readRecording(ctx, id)]);
  const isKept = recording.status !== "purged";
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: t("title"), href: "/recordings" }, { label: recording.vmName }]}
        title={t("titleOf", { vm: recording.vmName, person: recording.userName })}
        badges={<RecordingStatusBadge status={recording.status} />}
        actions={isKept && <ExportRecording recordingId={id} consoleType={recording.consoleType} />}
      />
      <RecordingCondition recording={recording} />
      {isKept ? (
        <RecordingPlayer recording={recording} />
      ) : (
        <Card flush>
          <EmptyState icon="trash" title={t("purged")}>
            {t("purgedText")}
          </EmptyState>
        </Card>
      )}
      <RecordingFacts recording={recording} />
    </>
  );
}
