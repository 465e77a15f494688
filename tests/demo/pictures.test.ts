import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchChromium } from '../support/chromium.ts'
import { products } from './data/products.ts'
import { escapeXml, productPicture } from './pictures/product-picture.ts'

const pictures = products.map((product) => ({ product, svg: productPicture(product) }))

let browser: Browser
beforeAll(async () => {
  browser = await launchChromium()
})
afterAll(() => browser.close())

test('every picture is well-formed SVG that a browser draws, titled with its product', async () => {
  const page = await browser.newPage()
  const drawn = await page.evaluate(
    async (texts: string[]) => {
      const look = async (svg: string) => {
        const root = new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement
        const image = new Image()
        image.src = `data:image/svg+xml,${encodeURIComponent(svg)}`
        await image.decode()
        const title = root.querySelector('title')?.textContent
        return { tag: root.tagName, fault: root.querySelector('parsererror')?.textContent, title, width: image.width }
      }
      return Promise.all(texts.map(look))
    },
    pictures.map(({ svg }) => svg),
  )
  expect(drawn).toEqual(products.map(({ name }) => ({ tag: 'svg', fault: undefined, title: name, width: 400 })))
})

test('a picture loads nothing and paints only with what it defines', () => {
  for (const { product, svg } of pictures) {
    expect(svg, product.name).not.toMatch(/href|<script|<image|<style|NaN|undefined/)
    const used = [...svg.matchAll(/url\(#(\w+)\)/g)].map(([, id]) => id)
    const defined = [...svg.matchAll(/ id="(\w+)"/g)].map(([, id]) => id)
    expect(
      used.filter((id) => !defined.includes(id)),
      product.name,
    ).toEqual([])
    expect(new Set(defined).size, product.name).toBe(defined.length)
  }
})

test('no two products look the same', () => {
  const drawings = pictures.map(({ svg }) => svg.replace(/<title>.*?<\/title>/, ''))
  expect(new Set(drawings).size).toBe(products.length)
})

test('a name cannot break out of its picture', () => {
  const [product] = products
  if (!product) throw new Error('there are no products')
  const name = `<b a="1">&'`
  expect(productPicture({ ...product, name })).toContain(`<title>${escapeXml(name)}</title>`)
  expect(escapeXml(name)).not.toMatch(/[<>"']/)
})
