"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { buttonStyles } from "@/components/ui/button-styles";
import { CodeBlock } from "@/components/ui/code-block";
import { CopyButton } from "@/components/ui/copy-button";
import { Copyable } from "@/components/ui/copyable";
import { Description, DescriptionList } from "@/components/ui/description-list";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import {
  freeRdpCommand,
  isUserName,
  sshCommand,
  sshConfig,
  virtctlCommands,
} from "@/lib/vms/connection/rules";
import type { VmConnection } from "@/lib/vms/connection/schema";

type ConnectWaysProps = { connection: VmConnection; address: string };

/** The ways in, for the account that is named; what is typed is put into commands only where it is a plain name. */
export function ConnectWays({ connection, address }: ConnectWaysProps) {
  const t = useTranslations("power.connect");
  const [typed, setTyped] = useState(connection.user?.name ?? "");
  const { osFamily, otherAddresses } = connection;
  const user = isUserName(typed, osFamily) ? typed : null;
  const ways = waysOf(connection, { user, address });
  const all = [
    `${connection.name} ${[address, ...otherAddresses].join(" ")}`,
    ...ways.map(({ text }) => text),
  ];
  return (
    <div className="grid min-w-0 gap-4">
      <DescriptionList>
        <Description term={t("address")}>
          <Copyable text={address} label={t("copyAddress")} />
        </Description>
        {otherAddresses.length > 0 && (
          <Description term={t("otherAddresses")}>
            <span className="font-mono text-xs break-all">{otherAddresses.join(", ")}</span>
          </Description>
        )}
      </DescriptionList>
      <Field
        name="user"
        label={t("user")}
        hint={connection.user === null ? t("userUnknown") : t(`userFrom.${connection.user.source}`)}
        error={typed !== "" && user === null ? t("userRefused") : undefined}
        className="max-w-72"
      >
        <Input
          mono
          value={typed}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          onChange={(event) => setTyped(event.target.value)}
        />
      </Field>
      {ways.map(({ kind, text }) => (
        <CodeBlock key={kind} title={t(`way.${kind}`)} code={text} maxHeight="none" />
      ))}
      <div className="flex flex-wrap items-center gap-2">
        {osFamily !== "linux" && (
          <a href={rdpAddress(connection.vmId, user)} download className={buttonStyles({ size: "sm" })}>
            {t("rdpFile")}
          </a>
        )}
        <span className="ml-auto inline-flex items-center gap-1 text-xs text-ink-muted">
          {t("copyAll")}
          <CopyButton text={all.join("\n")} label={t("copyAll")} />
        </span>
      </div>
      {connection.hasCluster && <p className="text-xs text-ink-faint">{t("virtctlNote")}</p>}
    </div>
  );
}

interface Way {
  kind: "ssh" | "sshConfig" | "freeRdp" | "virtctl";
  text: string;
}

function waysOf(
  connection: VmConnection,
  { user, address }: { user: string | null; address: string },
): Way[] {
  const { osFamily, name, hasCluster } = connection;
  const shell: Way[] =
    osFamily === "windows" || user === null
      ? []
      : [
          { kind: "ssh", text: sshCommand({ user, address }) },
          { kind: "sshConfig", text: sshConfig(name, { user, address }) },
        ];
  const desktop: Way[] =
    osFamily === "linux" ? [] : [{ kind: "freeRdp", text: freeRdpCommand({ user, address }) }];
  const atCluster = hasCluster ? virtctlCommands(connection, osFamily === "windows" ? null : user) : [];
  return [
    ...shell,
    ...desktop,
    ...(atCluster.length === 0 ? [] : [{ kind: "virtctl" as const, text: atCluster.join("\n") }]),
  ];
}

function rdpAddress(vmId: string, user: string | null): string {
  const query = user === null ? "" : `?${new URLSearchParams({ user }).toString()}`;
  return `/api/v1/vms/${vmId}/rdp${query}`;
}
