"use client";

import { useTranslations } from "next-intl";
import { Progress } from "@/components/ui/progress";
import { uploadFailures, type UploadRow } from "@/lib/catalog/uploads/schema";
import type { ActiveUpload } from "./active-uploads";
import { useActiveUpload } from "./use-active-upload";
import { useByteWords } from "./use-byte-words";
import { useRefusalText } from "./use-refusal-text";

/** How far an upload is, live: what this page sends itself from moment to moment, all else as the portal tells it. */
export function UploadProgress({ upload, isOwn }: { upload: UploadRow; isOwn: boolean }) {
  const t = useTranslations("uploads");
  const active = useActiveUpload(upload.id);
  switch (upload.status) {
    case "PREPARING":
      return <Stage words={t("progress.preparing")} label={t("status.PREPARING")} />;
    case "RECEIVING":
      return <Receiving upload={upload} active={active} isOwn={isOwn} />;
    case "CHECKING":
      return <Stage words={t("progress.checking")} label={t("status.CHECKING")} />;
    case "SENDING":
      return <Bytes label={t("status.SENDING")} done={upload.sentBytes} total={upload.sizeBytes} />;
    case "CONVERTING":
      return <Converting progress={upload.progress} />;
    case "FAILED":
      return <Failure message={upload.message} />;
    case "READY":
    case "CANCELLED":
      return null;
  }
}

function Stage({ words, label, value }: { words: string; label: string; value?: number | undefined }) {
  return (
    <div className="grid min-w-0 gap-1 sm:min-w-48">
      <Progress label={label} value={value} />
      <span className="text-xs text-ink-muted tabular-nums">{words}</span>
    </div>
  );
}

function Bytes({ label, done, total }: { label: string; done: number; total: number }) {
  const t = useTranslations("uploads");
  const { size } = useByteWords();
  const words = t("progress.bytes", { done: size(done), total: size(total) });
  return <Stage label={label} value={(done / total) * 100} words={words} />;
}

function Converting({ progress }: { progress: string | null }) {
  const t = useTranslations("uploads");
  const value = progress === null ? undefined : Number.parseFloat(progress);
  const words = progress === null ? t("progress.converting") : t("progress.converted", { progress });
  return <Stage label={t("status.CONVERTING")} value={value} words={words} />;
}

interface ReceivingProps {
  upload: UploadRow;
  active: ActiveUpload | null;
  isOwn: boolean;
}

function Receiving({ upload, active, isOwn }: ReceivingProps) {
  const t = useTranslations("uploads");
  const { size, timeLeft } = useByteWords();
  const refusalText = useRefusalText();
  const done = Math.max(active?.sentBytes ?? 0, upload.receivedBytes);
  const bytes = t("progress.bytes", { done: size(done), total: size(upload.sizeBytes) });
  const speed =
    active?.bytesPerSecond && active.secondsLeft !== null
      ? t("progress.rate", { rate: size(active.bytesPerSecond), left: timeLeft(active.secondsLeft) })
      : null;
  const note =
    active?.state === "paused"
      ? t("progress.paused")
      : active === null && isOwn
        ? t("progress.waitingForFile", { file: upload.fileName })
        : null;
  return (
    <div className="grid min-w-0 gap-1">
      <Stage
        label={t("status.RECEIVING")}
        value={(done / upload.sizeBytes) * 100}
        words={speed === null ? bytes : `${bytes} · ${speed}`}
      />
      {note !== null && <span className="text-xs whitespace-normal text-warning">{note}</span>}
      {active?.state === "failed" && (
        <span role="alert" className="text-xs whitespace-normal text-danger">
          {refusalText(active.reason ?? "connection")}
        </span>
      )}
    </div>
  );
}

/** The portal's own reason in words, and after it those of whoever refused. */
function Failure({ message }: { message: string | null }) {
  const t = useTranslations("uploads");
  const [code = "", ...rest] = (message ?? "").split(": ");
  const known = uploadFailures.find((failure) => failure === code);
  return (
    <div className="grid max-w-96 min-w-0 gap-0.5 text-xs whitespace-normal">
      <span className="text-danger">{t(known === undefined ? "failure.unknown" : `failure.${known}`)}</span>
      {rest.length > 0 && <span className="break-words text-ink-faint">{rest.join(": ")}</span>}
    </div>
  );
}
