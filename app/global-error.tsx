"use client";

import english from "@/components/messages/en/fatal.json";
import chinese from "@/components/messages/zh-CN/fatal.json";
import "./globals.css";

/** Replaces the root layout, so neither its theme nor its messages are there; it brings its own. */
export default function GlobalError({ error, retry }: { error: unknown; retry: () => void }) {
  const speaksChinese = typeof navigator !== "undefined" && navigator.language.toLowerCase().startsWith("zh");
  const words = speaksChinese ? chinese : english;
  return (
    <html lang={speaksChinese ? "zh-CN" : "en"}>
      <body>
        <main
          role="alert"
          className="grid min-h-dvh place-content-center justify-items-center gap-2 px-4 text-center"
        >
          <title>{words.title}</title>
          <h1 className="text-lg font-semibold">{words.title}</h1>
          <p className="max-w-md text-sm text-ink-muted">{words.advice}</p>
          {error instanceof Error && "digest" in error && (
            <code className="font-mono text-xs">{String(error.digest)}</code>
          )}
          <button
            type="button"
            onClick={retry}
            className="mt-3 h-9 rounded-md bg-accent px-4 text-sm font-medium text-accent-contrast hover:bg-accent-hover"
          >
            {words.retry}
          </button>
        </main>
      </body>
    </html>
  );
}
