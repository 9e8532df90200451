import { useTranslations } from "next-intl";
import { Callout } from "@/components/ui/callout";
import { CodeBlock } from "@/components/ui/code-block";

/** How the agent comes into the guest, by the family of its system; typed there, so nothing here runs it. */
const commands = {
  debian: "sudo apt-get install -y qemu-guest-agent\nsudo systemctl enable --now qemu-guest-agent",
  redhat: "sudo dnf install -y qemu-guest-agent\nsudo systemctl enable --now qemu-guest-agent",
  suse: "sudo zypper install -y qemu-guest-agent\nsudo systemctl enable --now qemu-guest-agent",
  windows: "msiexec /i E:\\guest-agent\\qemu-ga-x86_64.msi /qn\nStart-Service QEMU-GA",
} as const;

export function AgentHelp({ osFamily }: { osFamily: string | null }) {
  const t = useTranslations("guest.help");
  const isWindows = osFamily?.toLowerCase().includes("windows") ?? false;
  return (
    <Callout tone="info" title={t("title")}>
      <p>{t("why")}</p>
      <details className="mt-2">
        <summary className="cursor-pointer font-medium text-accent-ink">{t("how")}</summary>
        <div className="mt-2 grid min-w-0 gap-2">
          {isWindows ? (
            <>
              <p>{t("windows")}</p>
              <CodeBlock code={commands.windows} title={"PowerShell"} />
            </>
          ) : (
            <>
              <CodeBlock code={commands.debian} title={"Debian, Ubuntu"} />
              <CodeBlock code={commands.redhat} title={"RHEL, Fedora, Rocky, Alma"} />
              <CodeBlock code={commands.suse} title={"SLES, openSUSE"} />
            </>
          )}
          <p>{t("afterwards")}</p>
        </div>
      </details>
    </Callout>
  );
}
