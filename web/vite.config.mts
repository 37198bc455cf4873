import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

/** `vite build web` makes what is hosted; `--mode local-cloud` adds what helps on the local cloud. */
export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  // Relative, so that it works in whatever folder of a site it is put.
  base: "./",
  publicDir: false,
  // While somebody works on the page: the sources, with the settings of the local cloud that runs beside.
  server: {
    port: 5174,
    proxy: { "/config.json": `http://localhost:${process.env.LOCAL_WEB_PORT || 5173}` },
  },
  build: {
    emptyOutDir: true,
    // Nothing as a `data:` address and no script of the bundler's own: the content security policy allows neither.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
