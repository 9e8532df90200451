type Steering = [name: string, headers: Record<string, string>];

/** Headers by which versions of the framework, its hosts or proxies in front of them could be steered from outside. */
export function steeringHeaders(origin: string): Steering[] {
  const { host } = new URL(origin);
  return [...ofFramework(host), ...ofProxies(host), ...ofBrowsers()];
}

function named(name: string, values: readonly string[]): Steering[] {
  return values.map((value) => [`${name}: ${value.slice(0, 60)}`, { [name]: value }]);
}

const repeated = (word: string, times: number) => Array.from({ length: times }, () => word).join(":");

function ofFramework(host: string): Steering[] {
  return [
    ...named("x-middleware-subrequest", [
      "middleware",
      "src/middleware",
      "pages/_middleware",
      "proxy",
      "src/proxy",
      repeated("middleware", 5),
      repeated("src/middleware", 5),
      repeated("proxy", 5),
      repeated("src/proxy", 6),
    ]),
    ...named("x-middleware-rewrite", ["/api/v1/openapi.json", `http://${host}/systems`]),
    ...named("x-middleware-next", ["1"]),
    ...named("x-middleware-prefetch", ["1"]),
    ...named("x-middleware-override-headers", ["cookie,x-shepherd-address"]),
    ...named("x-middleware-request-cookie", ["session_id=x.y.z"]),
    ...named("x-middleware-set-cookie", ["session_id=x.y.z"]),
    ...named("x-invoke-path", ["/systems", "/"]),
    ...named("x-invoke-status", ["200"]),
    ...named("x-invoke-output", ["/(portal)/systems"]),
    ...named("x-invoke-query", ["%7B%7D"]),
    ...named("x-matched-path", ["/systems", "/(portal)/systems/[id]"]),
    ...named("x-nextjs-data", ["1"]),
    ...named("x-nextjs-matched-path", ["/systems"]),
    ...named("x-nextjs-rewrite", ["/systems"]),
    ...named("x-nextjs-postponed", ["1"]),
    ...named("x-next-cache-tags", ["_N_T_/systems"]),
    ...named("x-next-resume-state-length", ["10"]),
    ...named("next-resume", ["1"]),
    ...named("x-prerender-revalidate", ["1", "preview"]),
    ...named("x-prerender-revalidate-if-generated", ["1"]),
    ...named("x-now-route-matches", ["1=systems", "nxtPid=1"]),
    ...named("x-vercel-id", ["fra1::1"]),
    ...named("x-vercel-protection-bypass", ["1"]),
  ];
}

function ofProxies(host: string): Steering[] {
  return [
    ...named("x-original-url", ["/login", "/api/health/live"]),
    ...named("x-rewrite-url", ["/login", "/api/health/live"]),
    ...named("x-original-host", ["127.0.0.1"]),
    ...named("x-forwarded-for", ["127.0.0.1", "::1", "127.0.0.1, 127.0.0.1"]),
    ...named("x-forwarded-host", ["evil.example", host]),
    ...named("x-forwarded-proto", ["https"]),
    ...named("x-forwarded-prefix", ["/api/health/live/.."]),
    ...named("x-forwarded-uri", ["/login"]),
    ...named("x-forwarded-user", ["admin"]),
    ...named("x-real-ip", ["127.0.0.1"]),
    ...named("x-remote-user", ["admin"]),
    ...named("remote-user", ["admin"]),
    ...named("x-authenticated-user", ["admin"]),
    ...named("x-user-id", ["admin"]),
    ...named("x-shepherd-address", ["127.0.0.1"]),
    ...named("x-shepherd-path", ["/login"]),
    ...named("x-shepherd-actor", ["platform"]),
    ...named("forwarded", ["for=127.0.0.1;host=evil.example;proto=https"]),
    ...named("x-http-method-override", ["GET", "POST", "DELETE"]),
    ...named("x-http-method", ["DELETE"]),
    ...named("x-method-override", ["PUT"]),
  ];
}

function ofBrowsers(): Steering[] {
  return [
    ...named("rsc", ["1"]),
    ...named("next-router-prefetch", ["1", "2"]),
    ...named("next-router-segment-prefetch", ["/_tree", "/_index", "/_full"]),
    ...named("next-router-state-tree", [
      encodeURIComponent(
        JSON.stringify(["", { children: ["(portal)", { children: ["systems", {}] }] }, null, null, true]),
      ),
      "%5B%22%22%5D",
      "[",
    ]),
    ...named("next-url", ["/systems", "/login"]),
    ...named("next-hmr-refresh", ["1"]),
    ...named("purpose", ["prefetch"]),
    ...named("sec-purpose", ["prefetch"]),
    ...named("cookie", [
      "session_id=",
      "session_id=x.y.z",
      "session_id=null",
      "__prerender_bypass=1",
      "__prerender_bypass=1; __next_preview_data=1",
      "next-auth.session-token=x",
      "__Secure-next-auth.session-token=x",
    ]),
    ...named("authorization", [
      "Bearer",
      "Bearer null",
      "Bearer shp_",
      "Basic YWRtaW46YWRtaW4=",
      "Negotiate x",
    ]),
    ...named("range", ["bytes=0-10"]),
    ...named("accept", ["text/x-component", "application/json", "text/markdown"]),
    ...named("user-agent", ["Googlebot/2.1", "kube-probe/1.30"]),
    ["rsc with a tree", { rsc: "1", "next-router-state-tree": "%5B%22%22%5D", "next-url": "/systems" }],
    [
      "rsc as a prefetch",
      { rsc: "1", "next-router-prefetch": "1", "next-router-segment-prefetch": "/_tree" },
    ],
  ];
}
