"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { CopyButton } from "@/components/ui/copy-button";

type RecoveryCodesProps = { codes: readonly string[]; onKept: () => void };

/** Shown once: nobody can read them again, not even the portal. */
export function RecoveryCodes({ codes, onKept }: RecoveryCodesProps) {
  const t = useTranslations("mfa.codes");
  const sheet = `${t("sheetTitle", { host: window.location.host })}\n\n${codes.join("\n")}\n`;
  return (
    <div className="grid gap-4">
      <Callout tone="warning" title={t("once")}>
        {t("onceText")}
      </Callout>
      <ol className="grid gap-x-6 gap-y-1 rounded-lg border bg-sunken px-4 py-3 font-mono text-sm sm:grid-cols-2">
        {codes.map((code) => (
          <li key={code} className="whitespace-nowrap select-all">
            {code}
          </li>
        ))}
      </ol>
      <div className="flex flex-wrap items-center gap-2">
        <Button onClick={() => saveFile(`${t("fileName")}.txt`, sheet)}>{t("download")}</Button>
        <CopyButton text={codes.join("\n")} label={t("copy")} />
      </div>
      <Button variant="primary" size="lg" onClick={onKept}>
        {t("kept")}
      </Button>
    </div>
  );
}

function saveFile(name: string, text: string) {
  const address = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
