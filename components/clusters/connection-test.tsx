"use client";

import { useFormatter, useTranslations } from "next-intl";
import { useEffect, useRef, type ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { Description, DescriptionList } from "@/components/ui/description-list";
import { Icon } from "@/components/ui/icon";
import { KeyValue } from "@/components/ui/key-value";
import { useErrorText } from "@/components/ui/use-error-text";
import type { ConnectionTest } from "@/lib/clusters/connections/schema";
import type { ConnectionTestState } from "./use-connection-test";

/** Tries the connection on request and shows what Shepherd would find and use there. */
export function ConnectionTestPanel({ test, onRun }: { test: ConnectionTestState; onRun: () => void }) {
  const t = useTranslations("clusters.test");
  const errorText = useErrorText();
  const result = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (test.state === "answered" || test.state === "failed") {
      result.current?.scrollIntoView({ block: "nearest", behavior: "instant" });
    }
  }, [test.state]);
  return (
    <div ref={result} className="grid scroll-m-4 gap-3" aria-live="polite">
      <div>
        <Button onClick={onRun} pending={test.state === "testing"}>
          <Icon name="plug" />
          {t(test.state === "answered" ? "again" : "run")}
        </Button>
      </div>
      {test.state === "testing" && <p className="text-sm text-ink-muted">{t("running")}</p>}
      {test.state === "failed" && <Callout tone="danger" title={errorText(test.failure)} />}
      {test.state === "answered" && <Found found={test.found} />}
    </div>
  );
}

function Found({ found }: { found: ConnectionTest }) {
  return (
    <>
      <Identity found={found} />
      <Verdict found={found} />
      {found.reachable && <WhatIsUsed found={found} />}
    </>
  );
}

function Identity({ found: { sameCluster } }: { found: ConnectionTest }) {
  const t = useTranslations("clusters.test");
  if (sameCluster === null) return null;
  const tone = { same: "success", other: "danger", unknown: "warning" } as const;
  return (
    <Callout tone={tone[sameCluster]} title={t(`identity.${sameCluster}.title`)}>
      {t(`identity.${sameCluster}.detail`)}
    </Callout>
  );
}

function Verdict({ found }: { found: ConnectionTest }) {
  const t = useTranslations("clusters");
  const { reason, words, latencyMs, missing } = found;
  if (reason === null) {
    return (
      <Callout tone="success" title={t("test.usable", { ms: latencyMs ?? 0 })}>
        {missing.length > 0 && t("test.partly", { count: missing.length })}
      </Callout>
    );
  }
  return (
    <Callout tone={found.reachable ? "warning" : "danger"} title={t(`reason.${reason}.title`)}>
      <p>{t(`reason.${reason}.remedy`)}</p>
      {words !== null && <p className="mt-1 font-mono text-xs break-words">{words}</p>}
    </Callout>
  );
}

function WhatIsUsed({ found }: { found: ConnectionTest }) {
  const t = useTranslations("clusters");
  const { number } = useFormatter();
  const { nodes } = found;
  const gibibytes = number(nodes.memoryBytes / 1024 ** 3, { maximumFractionDigits: 0 });
  return (
    <Card title={t("test.title")} description={t("test.kept")}>
      <DescriptionList>
        <Description term={t("facts.kubernetes")}>{found.kubernetesVersion ?? t("unknown")}</Description>
        <Description term={t("facts.kubevirt")}>
          {[found.kubevirtVersion ?? t("none"), found.kubevirtPhase].filter(Boolean).join(" · ")}
        </Description>
        <Description term={t("test.importer")}>{found.cdiVersion ?? t("unknown")}</Description>
        <Description term={t("test.nodes")}>
          {t("test.nodesFound", {
            ...{ ready: nodes.ready, total: nodes.total, cores: number(nodes.cpuCores), gibibytes },
          })}
        </Description>
        <Chips term={t("test.storage")} empty={t("test.noStorage")}>
          {found.storageClasses.map(({ name }) => (
            <KeyValue
              key={name}
              name={name}
              value={name === found.defaultStorageClass ? t("storage.isDefault") : "·"}
            />
          ))}
        </Chips>
        <Chips term={t("capabilities.gpus")} empty={t("none")}>
          {found.gpuDevices.map(({ resource, allocatable, permitted }) => (
            <KeyValue
              key={resource}
              name={resource}
              value={permitted ? allocatable : t("capabilities.notPermitted")}
            />
          ))}
        </Chips>
        <Chips term={t("capabilities.sriov")} empty={t("none")}>
          {found.sriovNetworks.map((name) => (
            <KeyValue key={name} name="SR-IOV" value={name} />
          ))}
        </Chips>
        <Chips term={t("test.missing")} empty={t("test.nothingMissing")}>
          {missingByPurpose(found).map(([purpose, count]) => (
            <KeyValue key={purpose} name={t(`purpose.${purpose}.label`)} value={count} />
          ))}
        </Chips>
      </DescriptionList>
    </Card>
  );
}

function missingByPurpose({ missing }: ConnectionTest): [string, number][] {
  const counts = new Map<string, number>();
  for (const { purpose } of missing) counts.set(purpose, (counts.get(purpose) ?? 0) + 1);
  return [...counts];
}

function Chips({ term, empty, children }: { term: string; empty: string; children: ReactNode[] }) {
  return (
    <Description term={term}>
      {children.length === 0 ? (
        <span className="text-ink-faint">{empty}</span>
      ) : (
        <span className="flex flex-wrap gap-1.5">{children}</span>
      )}
    </Description>
  );
}
