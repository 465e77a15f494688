import fc from 'fast-check'

// The same cases in every run: what fails, fails for everybody. FAST_CHECK_SEED looks for others.
fc.configureGlobal({ seed: Number(process.env.FAST_CHECK_SEED ?? 20_260_921) })

export default fc
