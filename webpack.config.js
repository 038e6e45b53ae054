// Builds the page into dist/: static files with relative addresses only, so that any host and any sub-path will do.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import CopyPlugin from 'copy-webpack-plugin';
import HtmlPlugin from 'html-webpack-plugin';
import CssPlugin from 'mini-css-extract-plugin';
import webpack from 'webpack';
import { InjectManifest } from 'workbox-webpack-plugin';

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));
const { version } = JSON.parse(readFileSync(path('./pkg/package.json'), 'utf8'));
const MIB = 1024 * 1024;

/** What the page is told of the larger model (www/page/deep.ts): the bytes of its parts, or 0 where none ships. */
function largerModelBytes() {
  const manifest = path('./www/models/probatum-nli-2/manifest.json');
  if (!existsSync(manifest)) return 0;
  const { parts } = JSON.parse(readFileSync(manifest, 'utf8')).files.model;
  return parts.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** @type {webpack.Configuration} */
export default {
  mode: 'production',
  entry: { page: path('./www/main.ts') },
  output: {
    path: path('./dist'),
    filename: '[name].[contenthash:8].js',
    assetModuleFilename: '[name].[contenthash:8][ext]',
    publicPath: 'auto',
    clean: true,
  },
  // Workers are classic scripts: module workers would need a newer browser for no gain.
  resolve: { extensions: ['.ts', '.js'] },
  module: {
    rules: [
      { test: /\.ts$/, loader: 'ts-loader', options: { compilerOptions: { noEmit: false } } },
      { test: /\.css$/, resourceQuery: { not: [/raw/] }, use: [CssPlugin.loader, 'css-loader'] },
      // Files that the page has in it as text (www/raw.d.ts).
      { resourceQuery: /raw/, type: 'asset/source' },
    ],
  },
  plugins: [
    new webpack.DefinePlugin({ PROBATUM_VERSION: JSON.stringify(version) }),
    new HtmlPlugin({
      template: path('./www/index.html'),
      templateParameters: { largerModelBytes: largerModelBytes() },
      publicPath: '',
      scriptLoading: 'defer',
    }),
    new CssPlugin({ filename: '[name].[contenthash:8].css' }),
    new CopyPlugin({
      patterns: [
        { from: path('./www/models'), to: 'models' },
        // Most hosts compress no file of this kind by themselves; the page unpacks it (pkg/web/files.mjs).
        {
          context: path('./www'),
          from: 'models/**/*.onnx{,.*}',
          to: '[path][name][ext].gz',
          transform: (file) => gzipSync(file, { level: 9 }),
        },
        { from: path('./www/icon.svg'), to: 'icon.svg' },
        { from: path('./www/report.schema.json'), to: 'report.schema.json' },
      ],
    }),
    new InjectManifest({
      swSrc: path('./www/service-worker.ts'),
      swDest: 'service-worker.js',
      // The model is kept by the page itself, under its hash (pkg/web/files.mjs): it would be fetched twice. What reads PDFs is
      // for those who have one.
      exclude: [/^models\/[^]*(?<!manifest\.json)$/, /^pdf\./],
      maximumFileSizeToCacheInBytes: 64 * MIB,
    }),
  ],
  performance: { hints: false },
};
