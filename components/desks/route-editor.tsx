"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import type { Route } from "@/lib/requests/desks/schema";
import { RouteFields } from "./route-fields";

interface Line {
  key: number;
  route: Route;
}

const everything: Route = {
  operations: [],
  environments: [],
  systemIds: [],
  minCpuCores: null,
  minMemoryGi: null,
  minDiskGb: null,
};

type RouteEditorProps = { routes: readonly Route[]; environments: readonly string[] };

/** Which requests the desk takes: those that fit one of these, or without any, all. */
export function RouteEditor({ routes, environments }: RouteEditorProps) {
  const t = useTranslations("desks.routes");
  const [lines, setLines] = useState<Line[]>(() => routes.map((route, key) => ({ key, route })));
  const change = (key: number, route: Route) =>
    setLines((all) => all.map((line) => (line.key === key ? { key, route } : line)));
  const add = () =>
    setLines((all) => [...all, { key: Math.max(-1, ...all.map(({ key }) => key)) + 1, route: everything }]);
  return (
    <div className="grid gap-4">
      <input type="hidden" name="routes" value={JSON.stringify(lines.map(({ route }) => route))} />
      {lines.length === 0 && <p className="text-sm text-ink-muted">{t("everything")}</p>}
      {lines.map(({ key, route }, at) => (
        <RouteFields
          key={key}
          at={at}
          route={route}
          environments={environments}
          onChange={(next) => change(key, next)}
          onRemove={() => setLines((all) => all.filter((line) => line.key !== key))}
        />
      ))}
      <Button type="button" size="sm" onClick={add} className="justify-self-start">
        {t("add")}
      </Button>
    </div>
  );
}
