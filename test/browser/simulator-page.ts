import type { FrameLocator, Locator, Page } from 'playwright-core'

/** The simulator's page: everybody's chat with the bot, and their phones. */
export class SimulatorPage {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  /** Turns to somebody's chat and phone. */
  async turnTo(name: string): Promise<void> {
    await this.page.getByRole('navigation').getByRole('button', { name }).click()
    await this.page.getByText(`${name} 的飞书`).waitFor()
  }

  /** The card in the shown chat that says this. */
  card(words: string | RegExp): Locator {
    return this.page.getByRole('log').getByRole('article').filter({ hasText: words })
  }

  /** The message in the shown chat that says this. */
  message(words: string | RegExp): Locator {
    return this.page.getByRole('log').getByText(words)
  }

  /** Writes to the bot as the person that is shown. */
  async ask(text: string): Promise<void> {
    await this.page.getByRole('textbox', { name: '发消息给' }).fill(text)
    await this.page.getByRole('button', { name: '发送' }).click()
  }

  /** Presses a button of a card, and says yes where the card asks whether one is sure. */
  async press(card: Locator, button: string): Promise<void> {
    await card.getByRole('button', { name: button }).click()
    const dialog = this.page.getByRole('alertdialog')
    if (await dialog.isVisible()) await dialog.getByRole('button', { name: '确认' }).click()
  }

  /** Somebody presses a button of a card as it looked when it came, on a phone that has not heard of what became of it. Gives what he is told. */
  async pressOld(card: Locator, person: string, button: 'approve' | 'reject'): Promise<string> {
    const id = await card.locator('xpath=ancestor::*[@data-message]').getAttribute('data-message')
    const answer = await this.page.request.post(new URL(`/sim/feishu/cards/${id}/clicks`, this.page.url()).href, {
      data: { person, action: button, form: {}, version: 0 },
    })
    const { toast } = await answer.json()
    return String(toast?.content)
  }

  /** Turns the clock of the platforms forward. */
  async advance({ days, hours }: { days: number; hours: number }): Promise<void> {
    for (let i = 0; i < days; i++) await this.page.getByRole('button', { name: '+1 天' }).click()
    for (let i = 0; i < hours; i++) await this.page.getByRole('button', { name: '+1 小时' }).click()
  }

  /** What the platform shows for a moment after a press. */
  toast(words: string | RegExp): Locator {
    return this.page.getByRole('status').getByText(words)
  }

  /** The app on the phone of the person that is shown. */
  get phone(): FrameLocator {
    return this.page.frameLocator('iframe:visible')
  }
}
