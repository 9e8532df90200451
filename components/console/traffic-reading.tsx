"use client";

import { useFormatter, useTranslations } from "next-intl";
import { useEffect, useState, type RefObject } from "react";
import type { Traffic } from "./console-socket";

interface Readable {
  read(): { traffic: Traffic; latencyMs: number | null } | null;
}

const everyMs = 1_000;

/** How far away the machine is, and how much went back and forth. */
export function TrafficReading({ screen }: { screen: RefObject<Readable | null> }) {
  const t = useTranslations("console.traffic");
  const size = useByteText();
  const reading = useReading(screen);
  if (reading === null) return null;
  return (
    <p className="flex flex-wrap gap-x-3 tabular-nums">
      {reading.latencyMs !== null && (
        <span title={t("latencyTitle")}>{t("latency", { milliseconds: Math.round(reading.latencyMs) })}</span>
      )}
      <span title={t("bytesTitle")}>
        {t("bytes", { received: size(reading.received), sent: size(reading.sent) })}
      </span>
    </p>
  );
}

interface Reading {
  received: number;
  sent: number;
  latencyMs: number | null;
}

function useReading(screen: RefObject<Readable | null>): Reading | null {
  const [reading, setReading] = useState<Reading | null>(null);
  useEffect(() => {
    const read = () => {
      const now = screen.current?.read();
      setReading(
        now ? { received: now.traffic.received, sent: now.traffic.sent, latencyMs: now.latencyMs } : null,
      );
    };
    const timer = setInterval(read, everyMs);
    return () => clearInterval(timer);
  }, [screen]);
  return reading;
}

const units = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;

function useByteText(): (bytes: number) => string {
  const format = useFormatter();
  return (bytes) => {
    const step = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
    return format.number(bytes / 1000 ** step, {
      style: "unit",
      unit: units[step] ?? "byte",
      unitDisplay: "short",
      maximumFractionDigits: step === 0 ? 0 : 1,
    });
  };
}
