import { lingui } from '@lingui/vite-plugin'
import localesPlugin from '@react-aria/optimize-locales-plugin'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { join } from 'node:path'
import { defineConfig } from 'vite'
import { workerFiles } from './scripts/worker-files.ts'

const target = process.env.EAVES_DEV_TARGET ?? 'http://127.0.0.1:8420'

export default defineConfig({
  root: import.meta.dirname,
  plugins: [
    lingui({ macroTransform: true, cwd: import.meta.dirname }),
    react(),
    tailwindcss(),
    { ...localesPlugin.vite({ locales: ['en-US', 'zh-CN'] }), enforce: 'pre' },
    workerFiles(),
  ],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    // What a lazy page needs beside itself it names itself, and the worker has it by then; lists of it for every page would
    // stand in the first one. Only the home, which that page leads to, comes with its parts at once.
    modulePreload: {
      polyfill: false,
      resolveDependencies: (file, parts, { hostType }) =>
        hostType === 'html' || file.includes('/signed-in-') ? parts : [],
    },
    manifest: true,
    target: 'es2023',
    reportCompressedSize: false,
    // The model and the policy say things and do nothing: what a page does not use of them stays out of its part of the app.
    rolldownOptions: {
      treeshake: { moduleSideEffects: (id) => !/\/(model|policy)\/src\//.test(id) },
      input: {
        index: join(import.meta.dirname, 'index.html'),
        worker: join(import.meta.dirname, 'src/worker/worker.ts'),
      },
      // A worker rules over what lies below its own address.
      output: {
        // The first page lists every other part by name, so those carry nothing but what tells versions apart.
        chunkFileNames: 'assets/[hash].js',
        entryFileNames: ({ name }) => (name === 'worker' ? 'worker.js' : 'assets/[name]-[hash].js'),
        // What every page runs is one file, not thirty that are each packed by themselves.
        codeSplitting: {
          groups: [
            {
              name: 'base',
              tags: ['$initial'],
              test: (id) => !/\/web\/src\/worker\/|\/(?:model|policy)\/src\//.test(id),
            },
          ],
        },
      },
    },
  },
  server: { proxy: { '/api': { target, ws: true }, '/health': { target } } },
})
