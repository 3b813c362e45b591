// The package brings no types; it is imported for what it does to the page.
declare module '@vant/touch-emulator'
