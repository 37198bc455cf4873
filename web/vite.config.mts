import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

/** `vite build web` builds the page for a host. `--mode local-cloud` adds the parts for the local cloud. */
export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  // Relative, so that the page works in any folder of a site.
  base: "./",
  publicDir: false,
  // For work on the page itself: it uses the `config.json` of the local cloud that runs at the same time.
  server: {
    port: 5174,
    proxy: { "/config.json": `http://localhost:${process.env.LOCAL_WEB_PORT || 5173}` },
  },
  build: {
    emptyOutDir: true,
    // No `data:` URLs and no inline script of the bundler: the content security policy allows neither.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
