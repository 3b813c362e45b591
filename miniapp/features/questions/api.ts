import { questions } from '#contract/questions'
import { connect } from '../../api.ts'

export const questionsApi = connect(questions)
