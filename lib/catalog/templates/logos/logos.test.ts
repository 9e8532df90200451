import { createHash } from "node:crypto";
import { deflateSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { anAdministrator, aPerson } from "@/e2e/factories/person";
import { db } from "@/lib/core/db";
import { createTemplate } from "../create-template";
import { readTemplate } from "../queries";
import { createTemplateInput } from "../schema";
import { addLogo } from "./add-logo";
import { readLogo } from "./queries";
import { readPicture } from "./rules";

const bytes = (...parts: (readonly number[] | string | Buffer)[]) =>
  Buffer.concat(
    parts.map((part) => (typeof part === "string" ? Buffer.from(part, "latin1") : Buffer.from(part))),
  );
const big = (value: number) => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];

function png(width: number, height: number, note = "") {
  const chunk = (name: string, body: Buffer) => bytes(big(body.byteLength), name, body, [0, 0, 0, 0]);
  return bytes(
    [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
    chunk("IHDR", bytes(big(width), big(height), [8, 6, 0, 0, 0])),
    chunk("IDAT", deflateSync(Buffer.from(note))),
    chunk("IEND", Buffer.alloc(0)),
  );
}
const jpeg = (width: number, height: number) =>
  bytes(
    [0xff, 0xd8, 0xff, 0xe0, 0, 16, ...bytes("JFIF\0\u0001\u0001\0\0\u0001\0\u0001\0\0")],
    [
      0xff,
      0xc2,
      0,
      17,
      8,
      height >> 8,
      height & 255,
      width >> 8,
      width & 255,
      3,
      1,
      0x22,
      0,
      2,
      0x11,
      1,
      3,
      0x11,
      1,
    ],
  );
const webp = (kind: "VP8 " | "VP8L" | "VP8X", width: number, height: number) => {
  const little = (value: number, length: number) =>
    Array.from({ length }, (_, index) => (value >>> (8 * index)) & 255);
  const bodies = {
    "VP8 ": [0, 0, 0, 0x9d, 0x01, 0x2a, ...little(width, 2), ...little(height, 2)],
    VP8L: [0x2f, ...little(((width - 1) | ((height - 1) << 14)) >>> 0, 4), 0, 0, 0, 0, 0],
    VP8X: [0, 0, 0, 0, ...little(width - 1, 3), ...little(height - 1, 3)],
  };
  return bytes("RIFF", [22, 0, 0, 0], "WEBP", kind, [10, 0, 0, 0], bodies[kind]);
};

describe("what a picture is", () => {
  test.for([
    ["image/png", png(640, 480)],
    ["image/jpeg", jpeg(640, 480)],
    ["image/webp", webp("VP8 ", 640, 480)],
    ["image/webp", webp("VP8L", 640, 480)],
    ["image/webp", webp("VP8X", 640, 480)],
  ] as const)("%s is read from its own head", ([mediaType, content]) => {
    expect(readPicture(content)).toEqual({ mediaType, width: 640, height: 480 });
  });

  test.for([
    ["a drawing in SVG", Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), "logo_no_picture"],
    ["a page", Buffer.from("<!doctype html><script>alert(1)</script>"), "logo_no_picture"],
    ["nothing", Buffer.alloc(0), "logo_no_picture"],
    ["a GIF", Buffer.from("GIF89a".padEnd(60, "\0")), "logo_no_picture"],
    ["a PNG's head alone", png(10, 10).subarray(0, 24), "logo_no_picture"],
    ["a PNG with a page behind it", bytes(png(10, 10), "<script>alert(1)</script>"), "logo_no_picture"],
    ["a PNG of no size", png(0, 10), "logo_no_picture"],
    [
      "a JPEG whose segments lead nowhere",
      bytes([0xff, 0xd8, 0xff, 0xe0, 0, 0, 0, 0, 0, 0, 0, 0]),
      "logo_no_picture",
    ],
    ["a PNG that is too wide", png(1025, 10), "logo_too_large"],
    ["a PNG that would fill the memory", png(0xffffffff, 0xffffffff), "logo_too_large"],
    ["a WebP that is too high", webp("VP8X", 10, 16_000), "logo_too_large"],
    ["a heavy file", Buffer.alloc(65_537, 0xff), "logo_too_heavy"],
  ] as const)("%s is refused", ([, content, code]) => {
    expect(readPicture(content)).toBe(code);
  });
});

describe("a tile's picture", () => {
  test("is kept once under its hash and given back byte for byte", async () => {
    const administrator = await anAdministrator();
    const reader = await aPerson("role-viewer");
    const picture = png(32, 32, "a logo");
    const content = picture.toString("base64");

    const { id, url } = await addLogo(administrator, { content });
    expect(await addLogo(administrator, { content })).toEqual({ id, url });

    expect(id).toBe(createHash("sha256").update(picture).digest("hex"));
    const kept = await readLogo(reader, id);
    expect(kept.mediaType).toBe("image/png");
    expect(Buffer.from(kept.bytes).equals(picture)).toBe(true);
    await expect(readLogo(reader, "../../etc/passwd")).rejects.toMatchObject({ code: "RESOURCE_NOT_FOUND" });
  });

  test("goes after a day when no template took it", async () => {
    const administrator = await anAdministrator();
    const taken = await addLogo(administrator, { content: png(8, 8, "taken").toString("base64") });
    const left = await addLogo(administrator, { content: png(8, 8, "left").toString("base64") });
    const input = { name: "with-logo", displayName: "Logo", sourceType: "containerdisk", logoId: taken.id };
    const imageUrl = "quay.io/containerdisks/debian:13";
    const { id } = await createTemplate(administrator, createTemplateInput.parse({ ...input, imageUrl }));
    expect((await readTemplate(administrator, id)).logoUrl).toBe(taken.url);
    await db().$executeRaw`UPDATE template_logos SET created_at = now() - interval '25 hours'`;

    await addLogo(administrator, { content: png(8, 8, "another").toString("base64") });

    const ids = (await db().templateLogo.findMany({ select: { id: true } })).map((row) => row.id);
    expect(ids).toContain(taken.id);
    expect(ids).not.toContain(left.id);
  });

  test("is for those who keep the catalogue to choose", async () => {
    const developer = await aPerson("role-development-engineer");
    const content = png(8, 8, "mine").toString("base64");

    await expect(addLogo(developer, { content })).rejects.toMatchObject({
      params: { permission: "template:write" },
    });
    const administrator = await anAdministrator();
    await expect(addLogo(administrator, { content: "PHN2Zy8+" })).rejects.toMatchObject({
      fields: [{ field: "content", code: "logo_no_picture" }],
    });
  });
});
