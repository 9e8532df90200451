import type { ServerResponse } from "node:http";

/** Made without the framework and without a message file: it must stand when nothing else does. */
const page = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="3"><meta name="color-scheme" content="light dark"><title>Shepherd is starting</title>
<style>
  :root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
  body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: Canvas; color: CanvasText; }
  main { max-width: 30rem; padding: 2rem; }
  h1 { font-size: 1.25rem; margin: 0 0 .5rem; }
  p { margin: .5rem 0; opacity: .8; }
</style></head><body><main>
<h1>Shepherd cannot reach its database</h1>
<p>Nothing is lost: what was asked for goes on as soon as the database answers. This page tries again by itself.</p>
<h1 lang="zh-CN">Shepherd 无法连接数据库</h1>
<p lang="zh-CN">没有任何内容丢失：数据库恢复后，已提交的操作会继续进行。本页面会自动重试。</p>
</main></body></html>`;

export function sendOutagePage(response: ServerResponse): void {
  response.writeHead(503, {
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
    "retry-after": "3",
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
  });
  response.end(page);
}
