import createNextIntlPlugin from "next-intl/plugin";

// Compiled at build time, the messages need no parser in the browser.
const withMessages = createNextIntlPlugin({
  requestConfig: "./app/_http/messages.ts",
  experimental: {
    messages: { path: "./components/messages", format: "json", locales: ["en", "zh-CN"], precompile: true },
  },
});

// The content security policy is missing here on purpose: it carries a nonce, so the HTTP front sets it per request.
const securityHeaders = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "X-Frame-Options", value: "DENY" },
  { key: "Referrer-Policy", value: "same-origin" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
  { key: "Cross-Origin-Resource-Policy", value: "same-origin" },
  { key: "X-DNS-Prefetch-Control", value: "off" },
  {
    key: "Permissions-Policy",
    value:
      "camera=(), microphone=(), geolocation=(), payment=(), usb=(), clipboard-read=(self), clipboard-write=(self), fullscreen=(self)",
  },
];

const serverOnlyPackages = [
  "@prisma/adapter-pg",
  "@prisma/client",
  "@prisma/driver-adapter-utils",
  "@node-saml/node-saml",
  "@xmldom/xmldom",
  "ldapts",
  "pg",
  "pg-boss",
  "pino",
  "prom-client",
  "undici",
  "ws",
  "xml-crypto",
];

/** @type {import("next").NextConfig} */
const config = {
  reactStrictMode: true,
  poweredByHeader: false,
  serverExternalPackages: serverOnlyPackages,
  // npm run check holds every type, the tests' too; checking them again would double the time of the first start.
  typescript: { ignoreBuildErrors: true },
  allowedDevOrigins: ["127.0.0.1", "localhost", "[::1]"],
  // In development Next would print what a form carried, kubeconfigs and passwords too.
  logging: { serverFunctions: false },
  images: { unoptimized: true },
  experimental: { serverActions: { bodySizeLimit: "1mb" } },
  headers: async () => [{ source: "/:path*", headers: securityHeaders }],
};

export default withMessages(config);
