/** The account as a child would keep it: what is open of each receivable, what is left of each receipt, who paid whom. */
export class Account {
  readonly debts: { id: string; dueOn: string; orderId: string; amount: number; paid: Map<string, number> }[] = []
  /** Receipts, and what was credited for goods that came back. */
  readonly money: { id: string; amount: number; isUndone: boolean; isCredit?: boolean }[] = []

  open = (debt: Account['debts'][number]): number => debt.amount - sum(debt.paid.values())
  left = (id: string): number => {
    const receipt = this.money.find((one) => one.id === id)!
    return receipt.isUndone ? 0 : receipt.amount - sum(this.debts.map((debt) => debt.paid.get(id) ?? 0))
  }
  give(receipt: string, debt: Account['debts'][number], most = Infinity): void {
    const amount = Math.min(this.open(debt), this.left(receipt), most)
    if (amount > 0) debt.paid.set(receipt, (debt.paid.get(receipt) ?? 0) + amount)
  }
  giveOldest(receipt: string, debts = this.debts): void {
    for (const debt of [...debts].sort((a, b) => (a.dueOn + a.id < b.dueOn + b.id ? -1 : 1))) this.give(receipt, debt)
  }
  undo(receipt: string): void {
    for (const debt of this.debts) debt.paid.delete(receipt)
    this.money.find((one) => one.id === receipt)!.isUndone = true
  }
  get owed(): number {
    return sum(this.debts.map(this.open))
  }
  get advance(): number {
    return sum(this.money.map((one) => this.left(one.id)))
  }
}

export const sum = (numbers: Iterable<number>): number => [...numbers].reduce((all, one) => all + one, 0)
