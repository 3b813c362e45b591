// A phone: imported before what is tested, since how wide the window is, is asked when the frame is loaded.
const { happyDOM } = window as unknown as { happyDOM: { setViewport: (size: object) => void } } // the tests' own browser
happyDOM.setViewport({ width: 390, height: 844 })
