const WIDTH = 480
const MARGIN = 40
const CODE = WIDTH - 2 * MARGIN
const NAME_PX = 30
const LINE_PX = 42
const MOST_LINES = 2
const FONT = `600 ${NAME_PX}px "PingFang SC", "Microsoft YaHei", "WenQuanYi Micro Hei", sans-serif`

/** The code with its name under it, black on white whatever the screen's theme: it is going to be printed. */
export async function composePicture(source: string, name: string): Promise<string> {
  const code = await loadImage(source)
  const canvas = document.createElement('canvas')
  const paper = canvas.getContext('2d')
  if (!paper) throw new Error('no canvas')
  paper.font = FONT
  const lines = breakLines(name, CODE, (text) => paper.measureText(text).width)
  canvas.width = WIDTH
  canvas.height = MARGIN + CODE + 16 + lines.length * LINE_PX + MARGIN - 12
  paper.fillStyle = '#fff'
  paper.fillRect(0, 0, canvas.width, canvas.height)
  paper.imageSmoothingEnabled = false
  paper.drawImage(code, MARGIN, MARGIN, CODE, CODE)
  paper.font = FONT
  paper.fillStyle = '#1a1d21'
  paper.textAlign = 'center'
  paper.textBaseline = 'middle'
  for (const [index, line] of lines.entries())
    paper.fillText(line, WIDTH / 2, MARGIN + CODE + 16 + (index + 0.5) * LINE_PX)
  return canvas.toDataURL('image/png')
}

/** Chinese may break anywhere; what does not fit into two lines ends in an ellipsis. */
export function breakLines(text: string, width: number, measure: (text: string) => number): string[] {
  const lines = ['']
  for (const character of text) {
    const line = lines[lines.length - 1] ?? ''
    if (line !== '' && measure(line + character) > width) lines.push(character.trimStart())
    else lines[lines.length - 1] = line + character
  }
  if (lines.length <= MOST_LINES) return lines
  const kept = lines.slice(0, MOST_LINES)
  return [...kept.slice(0, -1), `${[...(kept[MOST_LINES - 1] ?? '')].slice(0, -1).join('')}…`]
}

function loadImage(source: string): Promise<HTMLImageElement> {
  return new Promise((resolve, reject) => {
    const image = new Image()
    image.onload = () => resolve(image)
    image.onerror = () => reject(new Error('the picture did not load'))
    image.src = source
  })
}
