// Made by `npm run types` from `guanhu openapi`. Do not edit.
export interface paths {
    "/scores/{holder}/report.html": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 定量考核表 of one holder, to be printed on A4; recorded */
        get: operations["get_scores_holder_report_html"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/scores/{holder}/report.xlsx": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 定量考核表 of one holder as a workbook; recorded */
        get: operations["get_scores_holder_report_xlsx"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ranking/report.html": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 排名表 of all in scope, to be printed on A4; recorded */
        get: operations["get_ranking_report_html"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ranking/report.xlsx": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 排名表 of all in scope as a workbook; recorded */
        get: operations["get_ranking_report_xlsx"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/assessment-plans/{id}/results/{staff}/report.html": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 定性考核表 of one person, to be printed on A4; recorded */
        get: operations["get_assessment_plans_id_results_staff_report_html"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/assessment-plans/{id}/results/{staff}/report.xlsx": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 定性考核表 of one person as a workbook; recorded */
        get: operations["get_assessment_plans_id_results_staff_report_xlsx"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/grades/{staff}/report.html": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 等级评定表 of one person, to be printed on A4; recorded */
        get: operations["get_grades_staff_report_html"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/grades/{staff}/report.xlsx": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 等级评定表 of one person as a workbook; recorded */
        get: operations["get_grades_staff_report_xlsx"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pay/runs/{id}/slips/{staff}/report.html": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 工资条 of one person, to be printed on A4; recorded */
        get: operations["get_pay_runs_id_slips_staff_report_html"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pay/runs/{id}/slips/{staff}/report.xlsx": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** 工资条 of one person as a workbook; recorded */
        get: operations["get_pay_runs_id_slips_staff_report_xlsx"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** who am I */
        get: operations["get_session"];
        put?: never;
        /** log in */
        post: operations["post_session"];
        /** log out */
        delete: operations["delete_session"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/session/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** change one's own password */
        post: operations["post_session_password"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/session/preferences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** language, theme, unit */
        get: operations["get_session_preferences"];
        /** keep language, theme, unit */
        put: operations["put_session_preferences"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/overview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** bank, business date, schemes with their periods */
        get: operations["get_overview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** customers, accounts, staff by name, pinyin initials, number */
        get: operations["get_search"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/scores/{holder}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** score sheet of one holder */
        get: operations["get_scores_holder"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/scores/{holder}/trend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** the last periods: total, rank, per score */
        get: operations["get_scores_holder_trend"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/scores/{holder}/explain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** the tree under a figure, score or 总分 */
        get: operations["get_scores_holder_explain"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rows/{date}/{file}/{line}/moved": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** the figures a row of the feed moved */
        get: operations["get_rows_date_file_line_moved"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ranking": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** holders with every figure and score, best first */
        get: operations["get_ranking"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ranking.xlsx": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** the ranking as a file: all rows in scope */
        get: operations["get_ranking_xlsx"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/board": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** totals, growth, plans, distribution, movers of an organisation */
        get: operations["get_board"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** appraisals that are kept, newest first */
        get: operations["get_runs"];
        put?: never;
        /** appraises a scheme for a period and keeps the run, as guanhu appraise does */
        post: operations["post_runs"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** one run: that its parts add up, what readers must know */
        get: operations["get_runs_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runs/{id}/life": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** who did what with a run, when and why; whether it can be sealed */
        get: operations["get_runs_id_life"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runs/{id}/publish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** shows a draft to the people it is about, after making it again */
        post: operations["post_runs_id_publish"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runs/{id}/propose-seal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** the first of the two signatures of a seal */
        post: operations["post_runs_id_propose_seal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runs/{id}/seal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** the second signature, by somebody else: nothing changes any more */
        post: operations["post_runs_id_seal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runs/{id}/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** whether a sealed run is still what was sealed: texts, root, audit record, and made again */
        post: operations["post_runs_id_verify"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/differences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** difference statements by facts that came after a seal, newest first */
        get: operations["get_differences"];
        put?: never;
        /** states what a later run knows more than was counted, to be carried into a later period */
        post: operations["post_differences"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/differences/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** one statement with its lines, of holders in reach */
        get: operations["get_differences_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/results": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** published results in reach, newest first; without run or holder those of the last 12 runs */
        get: operations["get_results"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/results/{run}/{holder}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** one published result: figures, scores, disputes, what was corrected and carried in */
        get: operations["get_results_run_holder"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/results/{run}/{holder}/statement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** the statement of a sealed result: one page that opens offline; recorded */
        get: operations["get_results_run_holder_statement"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/results/{run}/{holder}/receipt": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** the proof that a result is part of its sealed run */
        get: operations["get_results_run_holder_receipt"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/disputes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** disputes of results in reach, newest first */
        get: operations["get_disputes"];
        put?: never;
        /** disputes a figure of one's own published result; what it would change is computed at once */
        post: operations["post_disputes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/disputes/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** one dispute with what it would change */
        get: operations["get_disputes_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/disputes/{id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** takes back one's own open dispute */
        post: operations["post_disputes_id_withdraw"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/disputes/{id}/review": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** brings one's own rejected dispute once more, before somebody else */
        post: operations["post_disputes_id_review"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/disputes/{id}/decide": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** decides; what is granted makes a corrected draft of the run */
        post: operations["post_disputes_id_decide"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/assessment-templates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** forms that packs define, as they are in force */
        get: operations["get_assessment_templates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/assessment-plans": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** plans of qualitative appraisal, newest first */
        get: operations["get_assessment_plans"];
        put?: never;
        /** makes a plan: a draft */
        post: operations["post_assessment_plans"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/assessment-plans/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** one plan with everything it says */
        get: operations["get_assessment_plans_id"];
        /** changes a draft */
        put: operations["put_assessment_plans_id"];
        post?: never;
        /** drops a plan that has not started */
        delete: operations["delete_assessment_plans_id"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/assessment-plans/{id}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** who would assess whom if it started now */
        get: operations["get_assessment_plans_id_preview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/assessment-plans/{id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** approves somebody else's draft; it starts when its time comes */
        post: operations["post_assessment_plans_id_approve"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/assessment-plans/{id}/return": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** gives a plan that has not started back to its maker */
        post: operations["post_assessment_plans_id_return"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/assessment-plans/{id}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** closes a plan: everything is handed in, or the deadline has passed */
        post: operations["post_assessment_plans_id_close"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/assessment-plans/{id}/report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** lets those assessed see their results, and records the totals for schemes */
        post: operations["post_assessment_plans_id_report"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/assessment-plans/{id}/remind": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** reminds everybody who has forms to hand in; at most once an hour */
        post: operations["post_assessment_plans_id_remind"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/assessment-plans/{id}/progress": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** who has handed in how many forms; who stepped aside, handed on, took back */
        get: operations["get_assessment_plans_id_progress"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/assessment-plans/{id}/results": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** results of those in scope, once they are reported */
        get: operations["get_assessment_plans_id_results"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/assessment-plans/{id}/results/{staff}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** one person's result */
        get: operations["get_assessment_plans_id_results_staff"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/assessment-plans/{id}/report.xlsx": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** the results of those in scope as a file */
        get: operations["get_assessment_plans_id_report_xlsx"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/assessment-plans/{id}/quality": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** how assessors judge: leniency, halo, reciprocity, forms all alike, late and missing ones */
        get: operations["get_assessment_plans_id_quality"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/assessment-forms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** one's own forms of running plans: those to fill in first */
        get: operations["get_assessment_forms"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/assessment-forms/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** one of one's own forms */
        get: operations["get_assessment_forms_id"];
        /** keeps what is filled in so far */
        put: operations["put_assessment_forms_id"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/assessment-forms/{id}/submit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** hands it in */
        post: operations["post_assessment_forms_id_submit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/assessment-forms/{id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** takes it back before the deadline */
        post: operations["post_assessment_forms_id_withdraw"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/assessment-forms/{id}/delegate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** hands it on to a colleague */
        post: operations["post_assessment_forms_id_delegate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/assessment-forms/{id}/recuse": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** steps aside; the next in line takes the place */
        post: operations["post_assessment_forms_id_recuse"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/relations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** declared relatives: one's own, or everybody's */
        get: operations["get_relations"];
        put?: never;
        /** declares that two members of staff are relatives */
        post: operations["post_relations"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/relations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** ends a declared relation */
        delete: operations["delete_relations_id"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/grade-plans": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** packs that say which grades there are and who decides */
        get: operations["get_grade_plans"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/grades": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** who holds which grade today */
        get: operations["get_grades"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/grades/{staff}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** one person's grades: history, qualifications, proposals, appeals */
        get: operations["get_grades_staff"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/grades/{staff}/authority": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** what the grade held may lend */
        get: operations["get_grades_staff_authority"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/grade-proposals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** proposals, newest first */
        get: operations["get_grade_proposals"];
        put?: never;
        /** proposes a grade for one person, or a correction of the history */
        post: operations["post_grade_proposals"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/grade-proposals/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** one proposal with the rule that moves it */
        get: operations["get_grade_proposals_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/grade-proposals/compute": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** asks the pack what everybody of an appraisal ought to become */
        post: operations["post_grade_proposals_compute"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/grade-proposals/{id}/decide": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** decides somebody else's proposal about somebody else */
        post: operations["post_grade_proposals_id_decide"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/grade-proposals/{id}/appeal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** appeals against the decision on one's own grade */
        post: operations["post_grade_proposals_id_appeal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/grade-appeals/{id}/decide": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** decides an appeal; without a grade the decision stands */
        post: operations["post_grade_appeals_id_decide"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/grades/{staff}/career": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** grades from when to when with the appraisal that moved each; titles, coaching, training */
        get: operations["get_grades_staff_career"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/grades/{staff}/records": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** records praise, coaching or training of somebody else */
        post: operations["post_grades_staff_records"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/grades/{staff}/records/{id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** withdraws what was recorded wrongly */
        post: operations["post_grades_staff_records_id_withdraw"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/grade-appeals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** appeals against decisions on grades, newest first */
        get: operations["get_grade_appeals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/people-facts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** recorded facts: certificates, exams, base pay, coefficients */
        get: operations["get_people_facts"];
        put?: never;
        /** records facts, all or none */
        post: operations["post_people_facts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/people-facts/{id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** withdraws a fact that was recorded wrongly */
        post: operations["post_people_facts_id_withdraw"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pay/joint": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** work done together that is paid once and shared */
        get: operations["get_pay_joint"];
        put?: never;
        /** records work done together */
        post: operations["post_pay_joint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pay/joint/{id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** withdraws what was recorded wrongly */
        post: operations["post_pay_joint_id_withdraw"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pay/plans": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** packs that say how to pay: lines, and what must be recorded */
        get: operations["get_pay_plans"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pay/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** pay runs, newest first */
        get: operations["get_pay_runs"];
        put?: never;
        /** works out pay by a published appraisal; an earlier draft of it is void */
        post: operations["post_pay_runs"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pay/runs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** one pay run: sums of the lines, pools, what is open */
        get: operations["get_pay_runs_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pay/runs/{id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** approves somebody else's pay run */
        post: operations["post_pay_runs_id_approve"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pay/runs/{id}/paid": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** says that it was paid; deposits are booked */
        post: operations["post_pay_runs_id_paid"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pay/runs/{id}/void": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** a draft or approved run that shall not be paid */
        post: operations["post_pay_runs_id_void"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pay/runs/{id}/slips": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** everybody's sums in a pay run */
        get: operations["get_pay_runs_id_slips"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pay/runs/{id}/export.xlsx": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** for payroll, with control totals */
        get: operations["get_pay_runs_id_export_xlsx"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pay/runs/{id}/export.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** the same as text; no cell begins a formula */
        get: operations["get_pay_runs_id_export_csv"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pay/runs/{id}/slips/{staff}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** a payslip: every line with its decision, articles and inputs */
        get: operations["get_pay_runs_id_slips_staff"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pay/slips": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** one's own approved and paid slips, or those of somebody in reach */
        get: operations["get_pay_slips"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pay/runs/{id}/slips/{staff}/explain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** the tree under a line of a payslip: formula, article, inputs, down to source rows */
        get: operations["get_pay_runs_id_slips_staff_explain"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pay/runs/{id}/compare": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** a pay run by line, branch and person beside the one before it */
        get: operations["get_pay_runs_id_compare"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pay/runs/{id}/corrections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** what an approved or paid run would be with what is known now: to be made good in the next */
        get: operations["get_pay_runs_id_corrections"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/deposits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** accounts of risk deposits */
        get: operations["get_deposits"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/deposits/balance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** what all accounts add up to, on people's side and the bank's; what does not */
        get: operations["get_deposits_balance"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/deposits/coming": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** which lots come back when, by the rules and what is recorded today */
        get: operations["get_deposits_coming"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/deposits/{staff}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** the statement of one account: every booking, and what is still there of which */
        get: operations["get_deposits_staff"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/deposit-orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** what was proposed for deposits, newest first */
        get: operations["get_deposit_orders"];
        put?: never;
        /** proposes interest, release, a draw for a loss, a return, a payment or a reversal */
        post: operations["post_deposit_orders"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/deposit-orders/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** one order with the decisions it rests on */
        get: operations["get_deposit_orders_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/deposit-orders/{id}/decide": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** books or rejects somebody else's order, whole or not at all */
        post: operations["post_deposit_orders_id_decide"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/risk/findings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** what the last searches found, in reach, the latest day first */
        get: operations["get_risk_findings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/risk/findings/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** one finding: its rows in the order of time, figures without it, decisions */
        get: operations["get_risk_findings_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/risk/scans": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** the last search of each period and kind */
        get: operations["get_risk_scans"];
        put?: never;
        /** searches a period anew, as guanhu risk scan does; decisions stay */
        post: operations["post_risk_scans"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/risk/findings/{id}/decision": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** whether the money counts: by a person whose figures it does not touch; recorded */
        post: operations["post_risk_findings_id_decision"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/simulations/options": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** what a simulation of a scheme and period may change, and with what it is compared */
        get: operations["get_simulations_options"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/simulations/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** what a change would do, without keeping it */
        post: operations["post_simulations_preview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/simulations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** kept simulations: one's own and those that are shared, newest first */
        get: operations["get_simulations"];
        put?: never;
        /** simulates and keeps it with all its inputs */
        post: operations["post_simulations"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/simulations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** one with everyone in reach, before and after */
        get: operations["get_simulations_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/simulations/{id}/margins": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** what one more is worth to each manager, exact */
        get: operations["get_simulations_id_margins"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/simulations/{id}/cliffs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** how far each stands from the next grade, and how much of something reaches it */
        get: operations["get_simulations_id_cliffs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/simulations/{id}/explain/{holder}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** the tree under a simulated figure, score or 总分 */
        get: operations["get_simulations_id_explain_holder"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/simulations/{id}/share": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** shows it to everyone who may read simulations, or no longer */
        post: operations["post_simulations_id_share"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/simulations/{id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** takes it out of the list; it stays for audit */
        post: operations["post_simulations_id_withdraw"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/simulations/{id}/again": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** makes it again from what is kept, and says whether it comes to the same */
        post: operations["post_simulations_id_again"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/scores/{holder}/what-if": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** what more of each figure would change for one holder */
        get: operations["get_scores_holder_what_if"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** business dates, newest first */
        get: operations["get_imports"];
        put?: never;
        /** imports a date of the feed folder, or "." for all new ones */
        post: operations["post_imports"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/imports/folders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** dates in the feed folder that are not imported yet */
        get: operations["get_imports_folders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/imports/{date}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** report of a date: files, refused rows, control totals */
        get: operations["get_imports_date"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/imports/upload": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** imports one business date from a zip */
        post: operations["post_imports_upload"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** long work in one's scope, newest first */
        get: operations["get_jobs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** one job */
        get: operations["get_jobs_id"];
        put?: never;
        post?: never;
        /** cancel it */
        delete: operations["delete_jobs_id"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** customers in scope */
        get: operations["get_customers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** accounts, loans, managers and their history */
        get: operations["get_customers_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customers/{id}/balances": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** days on which the balance changed */
        get: operations["get_customers_id_balances"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customers/{id}/transactions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** transactions, newest first */
        get: operations["get_customers_id_transactions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customers/{id}/personal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** identity number, phone, address; recorded */
        post: operations["post_customers_id_personal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orgs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** organisations with head and staff counts */
        get: operations["get_orgs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orgs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** an organisation, what lies below it, its staff */
        get: operations["get_orgs_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/staff": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** staff */
        get: operations["get_staff"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/staff/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** a member of staff */
        get: operations["get_staff_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/logins": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** logins with their roles */
        get: operations["get_logins"];
        put?: never;
        /** a login for a member of staff */
        post: operations["post_logins"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/logins/{login}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** other roles, or disabled */
        patch: operations["patch_logins_login"];
        trace?: never;
    };
    "/logins/{login}/reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** a new one-time password */
        post: operations["post_logins_login_reset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/roles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** roles, what each may do and how far */
        get: operations["get_roles"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** the chain, newest first */
        get: operations["get_audit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** reads the whole chain and says whether it is whole */
        post: operations["post_audit_verify"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/policies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** packs: what they restate, how much of it is carried out */
        get: operations["get_policies"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/policies/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** articles, decisions, parameters, rules of all packs, best first */
        get: operations["get_policies_search"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/policies/open-points": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** what packs leave to the bank: open texts, values to be confirmed, judgement */
        get: operations["get_policies_open_points"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/policies/{pack}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** documents, articles and blocks of a pack */
        get: operations["get_policies_pack"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/policies/{pack}/coverage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** how much of each document is executable, judgement, open */
        get: operations["get_policies_pack_coverage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/policies/{pack}/uses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** who uses a parameter, a function, a type, a figure */
        get: operations["get_policies_pack_uses"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/policies/{pack}/decisions/{decision}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** a decision with its cases as they come out now, and who uses it */
        get: operations["get_policies_pack_decisions_decision"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/policies/{pack}/{article}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** one article, by its id or its name */
        get: operations["get_policies_pack_article"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/decide": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** tries a decision: result, articles, trace; nothing is kept */
        post: operations["post_decide"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/policies/{pack}/decisions/{decision}/template.xlsx": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** a workbook whose columns are the inputs of the decision */
        get: operations["get_policies_pack_decisions_decision_template_xlsx"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/policies/{pack}/decisions/{decision}/batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** tries every row of a workbook or CSV */
        post: operations["post_policies_pack_decisions_decision_batch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/policies/{pack}/decisions/{decision}/batch.xlsx": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** the same, answered as a workbook */
        post: operations["post_policies_pack_decisions_decision_batch_xlsx"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/policy-drafts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** drafts of packs, newest first */
        get: operations["get_policy_drafts"];
        put?: never;
        /** takes a pack up as a draft: as it is in force, or a version of it */
        post: operations["post_policy_drafts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/policy-drafts/compose": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** a new pack from others, with values of one's own */
        post: operations["post_policy_drafts_compose"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/policy-drafts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** a draft with its files and what is wrong with it */
        get: operations["get_policy_drafts_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/policy-drafts/{id}/document": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** one document of it */
        get: operations["get_policy_drafts_id_document"];
        /** another text of a document, or a new document */
        put: operations["put_policy_drafts_id_document"];
        post?: never;
        /** takes a document out */
        delete: operations["delete_policy_drafts_id_document"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/policy-drafts/{id}/block": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** changes one block: its text, a formula, a table, a parameter */
        put: operations["put_policy_drafts_id_block"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/policy-drafts/{id}/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** what the checks say of a text while it is typed */
        post: operations["post_policy_drafts_id_check"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/policy-drafts/{id}/cases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** its cases as they come out now */
        get: operations["get_policy_drafts_id_cases"];
        put?: never;
        /** keeps what comes out now as a case */
        post: operations["post_policy_drafts_id_cases"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/policy-drafts/{id}/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** what is different from what it began with */
        get: operations["get_policy_drafts_id_changes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/policy-drafts/{id}/names": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** what a formula at a line may name */
        get: operations["get_policy_drafts_id_names"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/policy-drafts/{id}/here": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** says that one is looking at it, and hears who else is */
        post: operations["post_policy_drafts_id_here"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/policy-drafts/{id}/submit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** hands it on as a version, to be approved by somebody else */
        post: operations["post_policy_drafts_id_submit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/policy-drafts/{id}/discard": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** gives it up */
        post: operations["post_policy_drafts_id_discard"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/policy-drafts/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** asks the decisions of a period again, of the draft */
        post: operations["post_policy_drafts_id_replay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workshop/facts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** what the bank's data offer a measure, with counts */
        get: operations["get_workshop_facts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/policy-drafts/{id}/workshop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** the indicators of a draft, as forms show them */
        get: operations["get_policy_drafts_id_workshop"];
        /** writes a block, a parameter or targets back into its document */
        put: operations["put_policy_drafts_id_workshop"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/policy-drafts/{id}/workshop/try": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** values on the facts of a period, as the draft is, or as an edit would make it */
        post: operations["post_policy_drafts_id_workshop_try"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/policy-drafts/{id}/workshop/try.xlsx": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** the same of everybody, as a workbook */
        post: operations["post_policy_drafts_id_workshop_try_xlsx"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/policy-drafts/{id}/workshop/explain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** the tree under a value that was tried */
        get: operations["get_policy_drafts_id_workshop_explain"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/policy-drafts/{id}/workshop/targets/split": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** targets from the bank to its managers: as they stand, or split down */
        post: operations["post_policy_drafts_id_workshop_targets_split"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/policy-drafts/{id}/workshop/targets/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** reads targets from a workbook or CSV; keeps nothing */
        post: operations["post_policy_drafts_id_workshop_targets_read"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/policy-drafts/{id}/workshop/targets.xlsx": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** targets as a workbook, to be filled in */
        get: operations["get_policy_drafts_id_workshop_targets_xlsx"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/policy-versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** versions of packs that the bank keeps, newest first */
        get: operations["get_policy_versions"];
        put?: never;
        /** keeps the pack as it is installed now as a draft */
        post: operations["post_policy_versions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/policy-versions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** one version */
        get: operations["get_policy_versions_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/policy-versions/{id}/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** what is different from another version */
        get: operations["get_policy_versions_id_changes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/policy-versions/{id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** approves a draft of somebody else */
        post: operations["post_policy_versions_id_approve"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/policy-versions/{id}/activate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** brings an approved version into force on a day */
        post: operations["post_policy_versions_id_activate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/policy-versions/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** asks the decisions of a period again, of this version */
        post: operations["post_policy_versions_id_replay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/decisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** decisions that were asked, newest first */
        get: operations["get_decisions"];
        put?: never;
        /** asks a decision of a pack, of the version in force on the day; kept with its answer */
        post: operations["post_decisions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/todos": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** to-dos: one's own with those one stands in for and those raised to one, or the team's */
        get: operations["get_todos"];
        put?: never;
        /** gives a task to somebody in reach */
        post: operations["post_todos"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/todos/summary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** how many are due today, overdue, raised to one; the team's */
        get: operations["get_todos_summary"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/todos/team": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** how each member of the team stands */
        get: operations["get_todos_team"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/todos/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** one to-do with what happened to it */
        get: operations["get_todos_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/todos/{id}/done": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** done by hand, with a note */
        post: operations["post_todos_id_done"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/todos/{id}/snooze": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** out of sight until a day, with a reason */
        post: operations["post_todos_id_snooze"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/todos/{id}/wake": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** back in sight */
        post: operations["post_todos_id_wake"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/todos/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** not to be done, with a reason; by the superior or who gave it */
        post: operations["post_todos_id_cancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/todos/{id}/reopen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** what was done or cancelled by hand is open again */
        post: operations["post_todos_id_reopen"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/todos/{id}/hand": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** to somebody else, with a reason; by the superior or who gave it */
        post: operations["post_todos_id_hand"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/todo-runs/last": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** the last night run with its counts */
        get: operations["get_todo_runs_last"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/todo-runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** makes the to-dos of a day, as a job */
        post: operations["post_todo_runs"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/todo-packs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** packs with duties, and whether they count */
        get: operations["get_todo_packs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/todo-packs/{pack}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** switches the duties of an installed pack on or off */
        put: operations["put_todo_packs_pack"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/calendar": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** holidays and weekends that are worked, of a year */
        get: operations["get_calendar"];
        put?: never;
        /** takes over the years of a file of holidays */
        post: operations["post_calendar"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/absences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** who is away until when and who does the work: of those in reach */
        get: operations["get_absences"];
        put?: never;
        /** names a substitute for some days */
        post: operations["post_absences"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/absences/{id}/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** takes it back, with a reason */
        post: operations["post_absences_id_end"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** event stream: notice, job, overview, draft */
        get: operations["get_events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** this contract */
        get: operations["get_openapi_json"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Absence: {
            id: number;
            staff: string;
            name: string;
            substitute: string;
            substitute_name: string;
            /** Format: date */
            from: string;
            /** Format: date */
            to: string;
            /** @enum {string} */
            kind: "leave" | "rotation" | "training" | "post_b" | "other";
            reason: string;
            /** Format: date-time */
            made_at: string;
            made_by: string;
            ended_at: string | null;
            may_end: boolean;
        };
        Account: {
            id: string;
            product: string;
            kind: string;
            org: string;
            currency: string;
            /** Format: decimal */
            balance: string;
            opened_on: string | null;
            matures_on: string | null;
            closed_on: string | null;
            shares: components["schemas"]["Share"][];
        };
        Article: {
            pack: string;
            document: string;
            line: number;
            article: string;
            locator: string;
            text: string;
            rules: string[];
        };
        AssessmentForm: {
            id: string;
            title: string;
            note: string;
            article: string;
            rules: string[];
            items: {
                name: string;
                /** Format: decimal */
                weight: string;
                entries: {
                    /** @description "1.2": the second entry of the first item */
                    key: string;
                    name: string;
                    content: string;
                    /** @description what the assessor goes by */
                    standard: string;
                    /** Format: decimal */
                    full: string;
                    /** @description best first; empty: any mark from 0 to full */
                    levels: {
                        name: string;
                        /** Format: decimal */
                        mark: string;
                    }[];
                    may_skip: boolean;
                    rules: string[];
                }[];
            }[];
            quality: {
                lenient: string | null;
                halo: string | null;
                reciprocal: string | null;
            };
        };
        AssessmentGroup: {
            name: string;
            /** @enum {string} */
            relation: "superior" | "peers" | "subordinates" | "branch" | "others" | "chosen";
            /**
             * Format: decimal
             * @description only the proportions count
             */
            weight: string;
            /** @description who of them; empty: all */
            who?: components["schemas"]["AssessmentSelector"];
            /** @description at most so many for one person; 0: all */
            most?: number;
        };
        AssessmentPerson: {
            id: string;
            name: string;
            org_id: string;
            org_name: string;
            position: string;
        };
        AssessmentPlan: {
            id: number;
            revision: number;
            /** @enum {string} */
            state: "draft" | "approved" | "running" | "closed" | "reported";
            title: string;
            period: string;
            pack: string;
            form: string;
            /** Format: date-time */
            starts_at: string;
            /** Format: date-time */
            deadline: string;
            /** Format: date-time */
            closes_at: string;
            anonymous: boolean;
            assessed: number;
            forms: number;
            submitted: number;
            made_by: string;
            /** Format: date-time */
            made_at: string;
            checked_by: string | null;
            checked_at: string | null;
            started_at: string | null;
            closed_at: string | null;
            reported_at: string | null;
            reported_by: string | null;
            /** @description why it did not start when it was due */
            problem: string | null;
        };
        AssessmentPlanWhole: {
            id: number;
            revision: number;
            /** @enum {string} */
            state: "draft" | "approved" | "running" | "closed" | "reported";
            title: string;
            period: string;
            pack: string;
            form: string;
            /** Format: date-time */
            starts_at: string;
            /** Format: date-time */
            deadline: string;
            /** Format: date-time */
            closes_at: string;
            anonymous: boolean;
            assessed: number;
            forms: number;
            submitted: number;
            made_by: string;
            /** Format: date-time */
            made_at: string;
            checked_by: string | null;
            checked_at: string | null;
            started_at: string | null;
            closed_at: string | null;
            reported_at: string | null;
            reported_by: string | null;
            /** @description why it did not start when it was due */
            problem: string | null;
            spec: components["schemas"]["AssessmentSpec"];
            /** @description as it was when the plan started */
            sheet: components["schemas"]["AssessmentForm"] | null;
            pack_hash: string | null;
        };
        AssessmentPreview: {
            forms: number;
            assessed: number;
            groups: {
                name: string;
                forms: number;
            }[];
            /** @description assessed by fewer than the plan asks for */
            too_few: components["schemas"]["AssessmentPerson"][];
            /** @description assessors who cannot log in */
            no_login: components["schemas"]["AssessmentPerson"][];
            /** @description declared relatives */
            left_out: {
                assessor: components["schemas"]["AssessmentPerson"];
                assessed: components["schemas"]["AssessmentPerson"];
                group: string;
                instead: components["schemas"]["AssessmentPerson"] | null;
            }[];
            /** @description the first 500 */
            pairs: {
                assessed: components["schemas"]["AssessmentPerson"];
                assessors: {
                    id: string;
                    name: string;
                    org_id: string;
                    org_name: string;
                    position: string;
                    group: string;
                }[];
            }[];
        };
        AssessmentProgress: {
            assessors: {
                id: string;
                name: string;
                org_id: string;
                org_name: string;
                position: string;
                assigned: number;
                submitted: number;
                late: number;
            }[];
            notes: {
                /** Format: date-time */
                at: string;
                actor: string;
                /** @enum {string} */
                kind: "relative" | "recused" | "delegated" | "withdrawn" | "returned" | "reminded";
                assessor: components["schemas"]["AssessmentPerson"] | null;
                /** @description null in anonymous plans */
                assessed: components["schemas"]["AssessmentPerson"] | null;
                other: components["schemas"]["AssessmentPerson"] | null;
                reason: string;
            }[];
        };
        AssessmentQuality: {
            anonymous: boolean;
            limits: {
                lenient: string | null;
                halo: string | null;
                reciprocal: string | null;
            };
            assessors: {
                id: string;
                name: string;
                org_id: string;
                org_name: string;
                position: string;
                assigned: number;
                submitted: number;
                late: number;
                /** @description points of 100 above the other assessors */
                leniency: string | null;
                /** @description variance over the items */
                halo: string | null;
                same_for_all: boolean | null;
                lenient: boolean | null;
                severe: boolean | null;
                blurred: boolean | null;
                /** @description forms with the same share everywhere */
                alike: number | null;
            }[];
            /** @description of anonymous plans: figures without names */
            profiles: {
                /** @description points of 100 above the other assessors */
                leniency: string | null;
                /** @description variance over the items */
                halo: string | null;
                same_for_all: boolean | null;
                lenient: boolean | null;
                severe: boolean | null;
                blurred: boolean | null;
            }[];
            pairs: {
                one: components["schemas"]["AssessmentPerson"];
                other: components["schemas"]["AssessmentPerson"];
                /** Format: decimal */
                from_one: string;
                /** Format: decimal */
                from_other: string;
            }[];
            /** @description pairs who assess one another */
            mutual: number | null;
            /** @description of them, who both give more than others do */
            reciprocal: number | null;
        };
        AssessmentResult: {
            staff_id: string;
            name: string;
            org_id: string;
            org_name: string;
            branch_id: string;
            branch_name: string;
            total: string | null;
            /** Format: decimal */
            full: string;
            /** @description why there is no total */
            reason: string | null;
            assigned: number;
            submitted: number;
            items: {
                name: string;
                /** Format: decimal */
                weight: string;
                value: string | null;
            }[];
            groups: {
                name: string;
                /** Format: decimal */
                weight: string;
                assigned: number;
                submitted: number;
                /** @description too few to be shown without naming somebody */
                hidden: boolean;
                total: string | null;
                items: (string | null)[];
            }[];
            remarks: string[];
        };
        AssessmentResultWhole: {
            staff_id: string;
            name: string;
            org_id: string;
            org_name: string;
            branch_id: string;
            branch_name: string;
            total: string | null;
            /** Format: decimal */
            full: string;
            /** @description why there is no total */
            reason: string | null;
            assigned: number;
            submitted: number;
            items: {
                name: string;
                /** Format: decimal */
                weight: string;
                value: string | null;
            }[];
            groups: {
                name: string;
                /** Format: decimal */
                weight: string;
                assigned: number;
                submitted: number;
                /** @description too few to be shown without naming somebody */
                hidden: boolean;
                total: string | null;
                items: (string | null)[];
            }[];
            remarks: string[];
            /** @description of all who have a total */
            average: string | null;
            /** @description of open plans, for who sees the whole bank */
            forms: {
                assessor: components["schemas"]["AssessmentPerson"];
                group: string;
                /** @description of 100 */
                total: string | null;
                late: boolean;
                delegated_from: components["schemas"]["AssessmentPerson"] | null;
                marks: {
                    [key: string]: string;
                };
                remark: string;
            }[];
        };
        AssessmentSelector: {
            positions?: string[];
            /** @description with all below them */
            orgs?: string[];
            staff?: string[];
        };
        AssessmentSheet: {
            id: number;
            plan: number;
            title: string;
            period: string;
            anonymous: boolean;
            assessed: components["schemas"]["AssessmentPerson"];
            group: string;
            /** @enum {string} */
            state: "open" | "submitted";
            revision: number;
            answered: number;
            entries: number;
            /** Format: date-time */
            deadline: string;
            /** Format: date-time */
            closes_at: string;
            overdue: boolean;
            late: boolean;
            delegated_from: components["schemas"]["AssessmentPerson"] | null;
        };
        AssessmentSheetWhole: {
            id: number;
            plan: number;
            title: string;
            period: string;
            anonymous: boolean;
            assessed: components["schemas"]["AssessmentPerson"];
            group: string;
            /** @enum {string} */
            state: "open" | "submitted";
            revision: number;
            answered: number;
            entries: number;
            /** Format: date-time */
            deadline: string;
            /** Format: date-time */
            closes_at: string;
            overdue: boolean;
            late: boolean;
            delegated_from: components["schemas"]["AssessmentPerson"] | null;
            form: components["schemas"]["AssessmentForm"];
            /** @description entry key -> a mark, or "skip" */
            marks: {
                [key: string]: string;
            };
            remark: string;
            saved_at: string | null;
            submitted_at: string | null;
            may_withdraw: boolean;
            may_delegate: boolean;
        };
        AssessmentSpec: {
            title: string;
            /** @description 2025, 2025H2, 2025Q4 or 2025-12 */
            period: string;
            pack: string;
            form: string;
            /** Format: date-time */
            starts_at: string;
            /** Format: date-time */
            deadline: string;
            /**
             * Format: date-time
             * @description what comes in after the deadline is late; left out: the deadline
             */
            closes_at?: string;
            /** @description before the deadline */
            remind_hours?: number[];
            anonymous?: boolean;
            /**
             * Format: decimal
             * @description share of forms cut off at each end, 0 to under 0.5
             */
            trim?: string;
            /** @description forms below which there is no result */
            min_assessors?: number;
            /** @description anonymous: figures of fewer forms are not shown */
            min_group?: number;
            /** @enum {string} */
            missing?: "rescale" | "no_result";
            /** @description digits after the point of a total */
            scale?: number;
            delegation?: boolean;
            /** @description the plan of the next period follows by itself */
            repeats?: boolean;
            /** @description PACK/NAME: a fact block's fact under which totals are recorded; empty: not at all */
            fact?: string;
            assessed: components["schemas"]["AssessmentSelector"];
            groups: components["schemas"]["AssessmentGroup"][];
        };
        AssessmentTemplate: {
            pack: string;
            pack_title: string;
            pack_hash: string;
            form: components["schemas"]["AssessmentForm"];
        };
        AuditEntry: {
            sequence: number;
            /** Format: date-time */
            at: string;
            actor: string;
            action: string;
            subject: string;
            detail: {
                [key: string]: unknown;
            };
            hash: string;
            previous: string;
        };
        BalancePoint: {
            /** Format: date */
            day: string;
            /** Format: decimal */
            deposits: string;
            /** Format: decimal */
            loans: string;
        };
        Board: {
            org: {
                id: string;
                name: string;
                kind: string;
            };
            period: string;
            tiles: {
                name: string;
                value: string | null;
                unit: string;
                change: string | null;
                plan: string | null;
                completion: string | null;
            }[];
            distribution: {
                /** Format: decimal */
                from: string;
                /** Format: decimal */
                to: string;
                count: number;
            }[];
            grades: {
                /** @description null: none yet */
                grade: string | null;
                count: number;
            }[];
            movers: {
                id: string;
                name: string;
                total: string | null;
                /** Format: decimal */
                change: string;
            }[];
            children: {
                id: string;
                name: string;
                kind: string;
                holders: number;
                deposits: string | null;
                deposits_change: string | null;
                loans: string | null;
                total_average: string | null;
                completion: string | null;
            }[];
            series: {
                period: string;
                deposits: string | null;
                loans: string | null;
            }[];
        };
        Calendar: {
            year: number;
            working_days: number;
            days: {
                /** Format: date */
                date: string;
                off: boolean;
                name: string;
            }[];
        };
        ComingRelease: {
            staff: string;
            name: string;
            booking: number;
            /**
             * Format: date
             * @description when it was withheld
             */
            on: string;
            /** Format: decimal */
            left: string;
            /** Format: decimal */
            due: string;
            /** Format: date */
            due_on: string;
            decision: string;
            cites: components["schemas"]["DecisionCite"][];
        };
        ControlTotal: {
            /**
             * Format: date
             * @description of the import that brought the total
             */
            business_date: string;
            line: number;
            org_id: string;
            /** Format: date */
            date: string;
            /** @enum {string} */
            subject: "deposits" | "loans" | "bad_loans" | "interest_received" | "fee_income";
            /** Format: decimal */
            expected: string;
            /** Format: decimal */
            found: string;
            /**
             * Format: decimal
             * @description found - expected
             */
            difference: string;
            /** @enum {string} */
            state: "ok" | "waiting" | "broken";
            reason: string;
            /**
             * @description of a total judged again: what it was
             * @enum {string}
             */
            before?: "ok" | "waiting" | "broken";
        };
        Customer: {
            id: string;
            name: string;
            kind: string;
            org: string;
            org_name: string;
            is_farmer: boolean;
            opened_on: string | null;
            id_no_masked: string;
            phone_masked: string;
            address_masked: string;
            accounts: components["schemas"]["Account"][];
            loans: components["schemas"]["Loan"][];
            /** Format: decimal */
            deposits: string;
            /** Format: decimal */
            loans_total: string;
            managers: components["schemas"]["ManagerSpan"][];
        };
        CustomerItem: {
            id: string;
            name: string;
            kind: string;
            org: string;
            org_name: string;
            is_farmer: boolean;
            opened_on: string | null;
            /** Format: decimal */
            deposits: string;
            /** Format: decimal */
            loans_total: string;
            /** Format: decimal */
            overdue_principal: string;
            managers: {
                staff: string;
                name: string;
                role: string;
            }[];
        };
        Decision: {
            id: number;
            /** Format: date-time */
            asked_at: string;
            asked_by: string;
            /**
             * Format: date
             * @description parameters and version of this day
             */
            on: string;
            pack: string;
            decision: string;
            pack_hash: string;
            input: unknown;
            /** @description as `guanhu decide` prints it; null with an error */
            result: unknown;
            cites: components["schemas"]["DecisionCite"][];
            error: {
                code: string;
                message: string;
            } | null;
        };
        DecisionCite: {
            rule_id: string;
            article: string;
        };
        DepositAccount: {
            staff: string;
            name: string;
            /** @enum {string} */
            fund: "deposit" | "liability" | "compensation";
            fund_title: string;
            /** Format: decimal */
            balance: string;
            /** Format: decimal */
            withheld: string;
            /** Format: decimal */
            paid_in: string;
            /** Format: decimal */
            interest: string;
            /** Format: decimal */
            released: string;
            /** Format: decimal */
            drawn: string;
            /** Format: decimal */
            returned: string;
            bookings: number;
            /** Format: date */
            last_on: string;
        };
        DepositBalance: {
            funds: {
                /** @enum {string} */
                fund: "deposit" | "liability" | "compensation";
                fund_title: string;
                people: number;
                bookings: number;
                /**
                 * Format: decimal
                 * @description of all accounts of people
                 */
                balance: string;
                bank: {
                    account: string;
                    /** Format: decimal */
                    amount: string;
                }[];
                /**
                 * Format: decimal
                 * @description 0.00, or the ledger is broken
                 */
                difference: string;
            }[];
            /** @description empty: every booking, entry and balance fits */
            faults: string[];
        };
        DepositBooking: {
            id: number;
            /** @enum {string} */
            kind: "withheld" | "paid_in" | "interest" | "released" | "drawn" | "returned" | "reversal";
            kind_title: string;
            /** Format: date */
            on: string;
            /**
             * Format: decimal
             * @description what the balance changed by
             */
            amount: string;
            /** Format: decimal */
            balance: string;
            /** @description the other side of the entry */
            counter: string;
            reason: string;
            document: string;
            pay_run: number | null;
            order: number | null;
            reverses: number | null;
            reversed_by: number | null;
            /** Format: date-time */
            at: string;
            by: string;
        };
        DepositOrder: {
            id: number;
            /** @enum {string} */
            kind: "pay_in" | "interest" | "release" | "draw" | "return" | "reverse";
            /** @enum {string} */
            fund: "deposit" | "liability" | "compensation";
            pack: string;
            pack_hash: string;
            /** Format: date */
            on: string;
            subject: string;
            document: string;
            reason: string;
            /**
             * Format: decimal
             * @description due in all
             */
            amount: string;
            basis: unknown;
            lines: {
                staff: string;
                name: string;
                role: string;
                /** Format: decimal */
                due: string;
                /** Format: decimal */
                booked: string;
                /**
                 * Format: decimal
                 * @description due and not there: still owed
                 */
                short: string;
                share: string;
                answers: unknown[];
                booking: number | null;
                reverses: number | null;
            }[];
            /** @enum {string} */
            state: "proposed" | "booked" | "rejected";
            /** Format: date-time */
            made_at: string;
            made_by: string;
            decided_at: string | null;
            decided_by: string | null;
            decided_why: string | null;
        };
        DepositStatement: {
            staff: string;
            name: string;
            /** @enum {string} */
            fund: "deposit" | "liability" | "compensation";
            fund_title: string;
            /** Format: decimal */
            balance: string;
            /** @description credits that are still there, oldest first */
            lots: {
                booking: number;
                kind: string;
                /** Format: date */
                on: string;
                /** Format: decimal */
                amount: string;
                /** Format: decimal */
                left: string;
            }[];
            bookings: components["schemas"]["DepositBooking"][];
        };
        Difference: {
            id: number;
            sealed_run: number;
            /** @description what counted already: the seal, or the run behind the statement before */
            counted_run: number;
            later_run: number;
            scheme: string;
            period: string;
            into_period: string;
            /** Format: date-time */
            made_at: string;
            made_by: string;
            reason: string;
            /** @description whose figures differ */
            holders: number;
        };
        DifferenceDetail: {
            id: number;
            sealed_run: number;
            /** @description what counted already: the seal, or the run behind the statement before */
            counted_run: number;
            later_run: number;
            scheme: string;
            period: string;
            into_period: string;
            /** Format: date-time */
            made_at: string;
            made_by: string;
            reason: string;
            /** @description whose figures differ */
            holders: number;
            items: {
                holder: string;
                lines: {
                    /** @description figures.NAME, scores.NAME, total, grade */
                    what: string;
                    counted: unknown;
                    now: unknown;
                    /** @description null where it is no number */
                    difference: string | null;
                }[];
            }[];
            /** @description of the logins, staff and organisations mentioned */
            names: {
                [key: string]: string;
            };
        };
        Dispute: {
            id: number;
            run: number;
            scheme: string;
            title: string;
            period: string;
            /** @description 1 申诉, 2 复议 */
            stage: number;
            earlier: number | null;
            later: number | null;
            holder: string;
            name: string;
            figure: string;
            was: string | null;
            /** Format: decimal */
            claimed: string;
            granted: string | null;
            reason: string;
            documents: {
                title: string;
                reference: string;
            }[];
            /** @enum {string} */
            state: "open" | "upheld" | "adjusted" | "rejected" | "withdrawn";
            overdue: boolean;
            /** Format: date-time */
            filed_at: string;
            filed_by: string;
            /** Format: date */
            answer_until: string;
            decided_at: string | null;
            decided_by: string | null;
            decision: string | null;
            /** @description until when a rejected one may be brought once more */
            review_until: string | null;
            /** @description the draft that has what was granted */
            corrected_run: number | null;
            effect: components["schemas"]["Effect"];
            /** @description of an adjusted one */
            granted_effect: components["schemas"]["Effect"] | null;
            /** @description of the logins, staff and organisations mentioned */
            names: {
                [key: string]: string;
            };
        };
        DraftBlockEdit: {
            revision: number;
            path: string;
            /** @description of the block */
            line: number;
            /** @description one of these */
            edit: {
                source?: string;
                keys?: {
                    key: string;
                    /** @description null: the key is taken out */
                    value: unknown;
                }[];
                formula?: {
                    step?: string;
                    text: string;
                };
                table?: {
                    step?: string;
                    /** @enum {string} */
                    policy?: "unique" | "any" | "priority" | "first" | "rule_order" | "output_order" | "collect";
                    /** @enum {string} */
                    aggregation?: "none" | "sum" | "min" | "max" | "count";
                    rows: {
                        /** @description the row it was; -1: a new one */
                        old: number;
                        tests: string[];
                        results: string[];
                        rules?: string[];
                        article?: string;
                        note?: string;
                    }[];
                };
                parameter?: {
                    name: string;
                    value: unknown;
                    unit?: string;
                    /** @description null: the newest value is put right */
                    from?: string | null;
                    note?: string;
                    to_confirm?: boolean;
                };
            };
        };
        DraftCases: {
            right: number;
            wrong: number;
            /** @description after a change those that are wrong */
            cases: components["schemas"]["PolicyCase"][];
        };
        DraftChange: {
            draft: components["schemas"]["PolicyDraft"];
            findings: components["schemas"]["DraftFinding"][];
            cases: components["schemas"]["DraftCases"];
            document: components["schemas"]["DraftDocument"];
        };
        DraftDocument: {
            path: string;
            text: string;
            revision: number;
            /** @description null: it is new */
            base_text: string | null;
            blocks: {
                kind: string;
                name: string;
                line: number;
                end_line: number;
            }[];
        };
        DraftFinding: {
            where: string;
            path: string;
            line: number;
            column: number;
            code: string;
            message: string;
            hint: string;
            /** @description the line, and a caret below */
            excerpt: string;
        };
        DraftNames: {
            inputs: {
                name: string;
                type: string;
                hint: string;
            }[];
            parameters: {
                name: string;
                type: string;
                hint: string;
            }[];
            steps: {
                name: string;
                type: string;
                hint: string;
            }[];
            requires: {
                name: string;
                type: string;
                hint: string;
            }[];
            functions: {
                name: string;
                signature: string;
                title: string;
                pack: string;
            }[];
            builtins: {
                name: string;
                signature: string;
            }[];
            types: {
                name: string;
                type: string;
            }[];
            decisions: {
                name: string;
                title: string;
            }[];
            words: string[];
        };
        DraftNewCase: {
            revision: number;
            decision: string;
            input: Record<string, never>;
            on?: string | null;
            note?: string;
            /** @description else what comes out now */
            expected?: unknown;
        };
        DraftVisitor: {
            login: string;
            name: string;
            path: string;
            line: number;
            /** Format: date-time */
            since: string;
        };
        Effect: {
            figure: {
                name: string;
                unit: string;
                was: string | null;
                would: string | null;
            } | null;
            changed: {
                /** @enum {string} */
                kind: "figure" | "score";
                name: string;
                was: string | null;
                would: string | null;
            }[];
            total: {
                was: string | null;
                would: string | null;
            };
            grade: {
                was: string | null;
                would: string | null;
            };
            rank: {
                branch?: {
                    was: {
                        place: number;
                        of: number;
                    } | null;
                    would: {
                        place: number;
                        of: number;
                    } | null;
                };
                bank?: {
                    was: {
                        place: number;
                        of: number;
                    } | null;
                    would: {
                        place: number;
                        of: number;
                    } | null;
                };
            };
            others: {
                changed: number;
                up: number;
                down: number;
                /** @description at most 50; only for those who see the whole bank */
                items?: {
                    id: string;
                    name: string;
                    total: {
                        was: string | null;
                        would: string | null;
                    };
                    grade: {
                        was: string | null;
                        would: string | null;
                    };
                    rank: {
                        branch?: {
                            was: {
                                place: number;
                                of: number;
                            } | null;
                            would: {
                                place: number;
                                of: number;
                            } | null;
                        };
                        bank?: {
                            was: {
                                place: number;
                                of: number;
                            } | null;
                            would: {
                                place: number;
                                of: number;
                            } | null;
                        };
                    };
                }[];
            };
        };
        ExplainNode: {
            /** @enum {string} */
            kind: "total" | "score" | "indicator" | "measure" | "peer" | "peer_value" | "parameter" | "contribution" | "share" | "row" | "subject";
            name: string;
            value?: (string | number) | null;
            unit?: string;
            reason?: string;
            formula?: string;
            article?: components["schemas"]["Article"];
            /** Format: decimal */
            weight?: string;
            /** Format: decimal */
            full_mark?: string;
            parts?: {
                [key: string]: string;
            };
            sum_check?: {
                /** Format: decimal */
                holders: string;
                /** Format: decimal */
                others: string;
                /** Format: decimal */
                nobody: string;
                /** Format: decimal */
                bank: string;
            };
            exact?: string | null;
            contributions?: number;
            rest?: {
                contributions: number;
                /** Format: decimal */
                value: string;
            };
            counted?: number;
            hidden?: number;
            /** Format: decimal */
            average?: string;
            to_confirm?: boolean;
            note?: string;
            then?: string;
            holder?: string;
            holder_name?: string;
            subject_kind?: string;
            subject_id?: string;
            customer_id?: string;
            customer_name?: string;
            /** Format: decimal */
            balance_days?: string;
            share?: string;
            role?: string;
            via?: string;
            /** Format: date */
            from?: string;
            /** Format: date */
            to?: string;
            file?: string;
            /** Format: date */
            business_date?: string;
            line?: number;
            org_id?: string;
            parent_id?: string;
            row_name?: string;
            row_kind?: string;
            opened_on?: string;
            closed_on?: string;
            staff_id?: string;
            position?: string;
            education?: string;
            title?: string;
            credit_exam?: string;
            credit_since?: string;
            hired_on?: string;
            left_on?: string;
            born_on?: string;
            phone?: string;
            row_customer_id?: string;
            id_type?: string;
            id_no?: string;
            address?: string;
            area_code?: string;
            industry_code?: string;
            is_farmer?: string;
            group_id?: string;
            related_id?: string;
            row_share?: string;
            valid_from?: string;
            valid_to?: string;
            account_id?: string;
            product?: string;
            currency?: string;
            matures_on?: string;
            date?: string;
            balance?: string;
            txn_id?: string;
            booked_at?: string;
            amount?: string;
            balance_after?: string;
            counter_account?: string;
            counter_name?: string;
            memo?: string;
            loan_id?: string;
            contract_id?: string;
            guarantee?: string;
            principal?: string;
            rate?: string;
            issued_on?: string;
            due_on?: string;
            extended_to?: string;
            settled_on?: string;
            purpose?: string;
            overdue_principal?: string;
            overdue_interest?: string;
            overdue_days?: string;
            class?: string;
            off_balance?: string;
            repayment_id?: string;
            interest?: string;
            penalty?: string;
            means?: string;
            notice_id?: string;
            receiver?: string;
            sent_on?: string;
            receipt_on?: string;
            expires_on?: string;
            sale_id?: string;
            quantity?: string;
            fee_income?: string;
            row_subject_kind?: string;
            row_subject_id?: string;
            row_role?: string;
            holder_kind?: string;
            holder_id?: string;
            indicator?: string;
            period?: string;
            row_value?: string;
            subject?: string;
            inputs?: components["schemas"]["ExplainNode"][];
        };
        GradeAppeal: {
            id: number;
            proposal: number;
            staff: string;
            reason: string;
            /** Format: date-time */
            filed_at: string;
            filed_by: string;
            /** @enum {string} */
            state: "open" | "upheld" | "rejected";
            grade: string | null;
            decided_at: string | null;
            decided_by: string | null;
            decision: string | null;
        };
        GradeAppealItem: {
            id: number;
            proposal: number;
            staff: string;
            reason: string;
            /** Format: date-time */
            filed_at: string;
            filed_by: string;
            /** @enum {string} */
            state: "open" | "upheld" | "rejected";
            grade: string | null;
            decided_at: string | null;
            decided_by: string | null;
            decision: string | null;
            name: string;
            branch_name: string;
            pack: string;
            was: string;
            becomes: string;
            change: string;
            accepted: boolean;
            /** @description who decided */
            decided_first: string;
        };
        GradeAuthority: {
            grade: string;
            /** Format: decimal */
            amount: string;
            decision: string;
            result: unknown;
            cites: components["schemas"]["DecisionCite"][];
            inputs: {
                name: string;
                value: unknown;
                source: {
                    kind: string;
                };
            }[];
        };
        GradeBatch: {
            batch: number;
            people: number;
            proposed: number;
            listed: number;
            waiting: number;
        };
        GradeCareer: {
            staff: string;
            name: string;
            stages: components["schemas"]["GradeStage"][];
            awards: {
                name: string;
                years: number[];
                /** @description years without a gap, up to the last */
                in_a_row: number;
            }[];
            /** @description praise, blame, coaching, training; withdrawn ones too */
            records: components["schemas"]["PeopleFact"][];
            balance: {
                awards: number;
                blamed: number;
                coached: number;
                trained: number;
                /** @description praise for each blame */
                ratio: string | null;
            };
        };
        GradeFile: {
            staff: string;
            name: string;
            org: string;
            org_name: string;
            branch: string;
            branch_name: string;
            grade: string;
            from: string | null;
            steps: number;
            /** @description that waits for a decision */
            proposal: number | null;
            history: components["schemas"]["GradeStep"][];
            qualifications: components["schemas"]["PeopleFact"][];
            proposals: components["schemas"]["GradeProposal"][];
            appeals: components["schemas"]["GradeAppeal"][];
            pack: string;
            title: string;
        };
        GradeHolder: {
            staff: string;
            name: string;
            org: string;
            org_name: string;
            branch: string;
            branch_name: string;
            grade: string;
            from: string | null;
            steps: number;
            /** @description that waits for a decision */
            proposal: number | null;
        };
        GradePlan: {
            pack: string;
            title: string;
            /** @description from low to high */
            scale: string[];
            trainees: string[];
            /** @description what no grade is called */
            none: string;
            bodies: {
                /** @description empty: any */
                changes: string[];
                grades: string[];
                body: string;
                roles: string[];
            }[];
        };
        GradeProposal: {
            id: number;
            batch: number;
            pack: string;
            staff: string;
            name: string;
            org: string;
            branch: string;
            was: string;
            becomes: string;
            /** @description in the pack's words */
            change: string;
            /** Format: date */
            from: string;
            /**
             * @description listed: nothing to decide; waiting: something is missing
             * @enum {string}
             */
            state: "listed" | "waiting" | "proposed" | "accepted" | "rejected" | "superseded";
            body: string;
            roles: string[];
            basis: string[];
            /** @description null: by hand */
            decision: string | null;
            result: unknown;
            cites: components["schemas"]["DecisionCite"][];
            inputs: {
                name: string;
                value: unknown;
                source: {
                    kind: string;
                };
            }[];
            error: {
                code: string;
                message: string;
                where: string;
            } | null;
            reason: string;
            document: string;
            corrects: number | null;
            /** Format: date-time */
            made_at: string;
            made_by: string;
            decided_at: string | null;
            decided_by: string | null;
            decided_why: string | null;
            decided_document: string | null;
            appeal_until: string | null;
        };
        GradeStage: {
            step: number;
            grade: string;
            /** Format: date */
            from: string;
            /** @description its last day; null: still held */
            to: string | null;
            days: number;
            change: string;
            /** @description of the appraisal that moved it */
            score: string | null;
            scheme: string;
            period: string;
            reason: string;
            document: string;
            body: string;
            proposal: number;
        };
        GradeStep: {
            id: number;
            grade: string;
            /** Format: date */
            from: string;
            reason: string;
            document: string;
            /** @description the authority that decided */
            body: string;
            proposal: number;
            corrects: number | null;
            /** @description then it counts no more */
            corrected_by: number | null;
            /** Format: date-time */
            decided_at: string;
            decided_by: string;
            proposed_by: string;
        };
        Import: {
            /** Format: date */
            business_date: string;
            /** @enum {string} */
            state: "applied" | "replaced" | "refused" | "absent";
            import_id: number | null;
            applied_at: string | null;
            by: string | null;
            rows: number;
            applied: number;
            unchanged: number;
            refused: number;
            allow_rejects: number | null;
            open_totals: number;
        };
        ImportDangling: {
            column: string;
            /** @description the table no import has described the value in yet */
            refers_to: string;
            count: number;
            examples: {
                line: number;
                value: string;
            }[];
        };
        ImportDetail: {
            /** Format: date */
            business_date: string;
            /** @enum {string} */
            state: "applied" | "replaced" | "refused" | "absent";
            import_id: number | null;
            applied_at: string | null;
            by: string | null;
            rows: number;
            applied: number;
            unchanged: number;
            refused: number;
            allow_rejects: number | null;
            open_totals: number;
            /** @description of the date as a whole */
            problems: components["schemas"]["ImportProblem"][];
            /** @description files the contract does not know; not read */
            unknown_files: string[];
            files: components["schemas"]["ImportFile"][];
            /** @description brought by this date */
            control_totals: components["schemas"]["ControlTotal"][];
            /** @description of other dates, changed by this one */
            rejudged_totals: components["schemas"]["ControlTotal"][];
            /** @description the latest refused attempt, until the date comes whole */
            refusal: {
                /** Format: date-time */
                at: string;
                by: string;
                report: components["schemas"]["ImportReport"];
            } | null;
            /** @description imports that were replaced */
            history: components["schemas"]["Import"][];
        };
        ImportFile: {
            file: string;
            /** @description rows; read = applied + unchanged + refused */
            read: number;
            applied: number;
            unchanged: number;
            refused: number;
            refusals: components["schemas"]["ImportRefusal"][];
            /** @description what the manifest promises */
            totals: components["schemas"]["ImportFileTotal"][];
            unknown_columns: string[];
            dangling: components["schemas"]["ImportDangling"][];
            /** @description the file as a whole was refused */
            problem: components["schemas"]["ImportProblem"] | null;
        };
        ImportFileTotal: {
            /** @enum {string} */
            what: "rows" | "sha256" | "total";
            /** @description of a total */
            column: string | null;
            /** @description an exact decimal; of sha256 the digest */
            expected: string;
            found: string | null;
            difference: string | null;
            /** @enum {string} */
            state: "ok" | "broken";
            explained_by_refused_rows: boolean;
        };
        ImportFolder: {
            folder: string;
            /** Format: date */
            business_date: string;
            files: number;
            rows: number;
        };
        ImportOutcome: {
            applied: number;
            refused: number;
            dates: {
                business_date: string;
                applied: boolean;
                rejects: number;
            }[];
        };
        ImportProblem: {
            code: string;
            /** @description what is wrong */
            message: string;
            /** @description file, line, column, as far as they are known */
            where: string;
            /** @description how to mend it */
            hint: string;
        };
        ImportRefusal: {
            /** @description of the row's beginning; the header is line 1 */
            line: number;
            /** @description null: the row as a whole is wrong */
            column: string | null;
            /** @description as delivered, cut to 200 bytes */
            value: string;
            code: string;
            reason: string;
        };
        ImportReport: {
            /** @description as far as it is known */
            business_date: string;
            /** @enum {string} */
            state: "applied" | "refused";
            /** @description the folder it came from */
            feed: string;
            import_id: number | null;
            applied_at: string | null;
            replaced: boolean;
            tolerance: number | null;
            rejects: number;
            /** @description of the date as a whole */
            problems: components["schemas"]["ImportProblem"][];
            /** @description files the contract does not know; not read */
            unknown_files: string[];
            files: components["schemas"]["ImportFile"][];
            /** @description brought by this date */
            control_totals: components["schemas"]["ControlTotal"][];
            /** @description of other dates, changed by this one */
            rejudged_totals: components["schemas"]["ControlTotal"][];
        };
        Job: {
            id: string;
            /** @enum {string} */
            kind: "import" | "appraise" | "replay" | "scan" | "todos" | "act";
            title: string;
            /**
             * @description interrupted: the server ended while it ran; what was finished stands
             * @enum {string}
             */
            state: "waiting" | "running" | "done" | "failed" | "cancelled" | "interrupted";
            done: number;
            total: number;
            message: string;
            /** Format: date-time */
            queued: string;
            started: string | null;
            ended: string | null;
            by: string;
            /** @description once it is done */
            result: (components["schemas"]["ImportOutcome"] | components["schemas"]["RunOutcome"] | components["schemas"]["Replay"] | components["schemas"]["ScanOutcome"]) | null;
        };
        JointWork: {
            id: number;
            pack: string;
            line: string;
            title: string;
            document: string;
            /** Format: date */
            on: string;
            input: unknown;
            shares: {
                staff: string;
                /** Format: decimal */
                weight: string;
            }[];
            /** Format: date-time */
            at: string;
            by: string;
            withdrawn_at: string | null;
            withdrawn_by: string | null;
            withdrawn_why: string | null;
        };
        Loan: {
            id: string;
            product: string;
            kind: string;
            guarantee: string;
            /** Format: decimal */
            principal: string;
            /** Format: decimal */
            balance: string;
            rate: string | null;
            issued_on: string | null;
            due_on: string | null;
            settled_on: string | null;
            class: string;
            /** Format: decimal */
            overdue_principal: string;
            overdue_days: number;
            off_balance: boolean;
            shares: components["schemas"]["Share"][];
        };
        Login: {
            login: string;
            staff_id: string;
            name: string;
            org: {
                id: string;
                name: string;
            };
            roles: string[];
            must_change: boolean;
            disabled: boolean;
            last_login: string | null;
        };
        ManagerSpan: {
            staff: string;
            name: string;
            role: string | null;
            /** Format: decimal */
            share: string;
            /** Format: date */
            from: string;
            to: string | null;
            /** @enum {string} */
            subject_kind: "customer" | "account" | "loan";
            subject_id: string;
        };
        OneTimePassword: {
            login: string;
            password: string;
        };
        Org: {
            id: string;
            name: string;
            kind: string;
            parent: string | null;
            head: {
                id: string;
                name: string;
            } | null;
            staff: number;
            managers: number;
            opened_on: string | null;
            closed_on: string | null;
        };
        OrgDetail: {
            id: string;
            name: string;
            kind: string;
            parent: string | null;
            head: {
                id: string;
                name: string;
            } | null;
            staff: number;
            managers: number;
            opened_on: string | null;
            closed_on: string | null;
            path: {
                id: string;
                name: string;
            }[];
            children: components["schemas"]["Org"][];
            staff_list: components["schemas"]["Staff"][];
        };
        Overview: {
            bank: string;
            business_date: string | null;
            late_days: number | null;
            open_totals: number;
            schemes: {
                scheme: string;
                title: string;
                holders: string;
                periods: {
                    period: string;
                    /** @enum {string} */
                    kind: "month" | "quarter" | "half-year" | "year";
                    complete: boolean;
                }[];
            }[];
            folder_held: boolean;
        };
        PayComparison: {
            run: {
                id: number;
                period: string;
                state: string;
                people: number;
                totals: {
                    /** Format: decimal */
                    earnings: string;
                    /** Format: decimal */
                    deductions: string;
                    /** Format: decimal */
                    deposit: string;
                    /** Format: decimal */
                    net: string;
                };
            };
            /** @description the approved or paid run of the period before */
            before: {
                id: number;
                period: string;
                state: string;
                people: number;
                totals: {
                    /** Format: decimal */
                    earnings: string;
                    /** Format: decimal */
                    deductions: string;
                    /** Format: decimal */
                    deposit: string;
                    /** Format: decimal */
                    net: string;
                };
            } | null;
            lines: {
                line: string;
                /** @enum {string} */
                kind: "应发" | "扣款" | "保证金" | "列示";
                now: string | null;
                before: string | null;
            }[];
            branches: {
                branch: string;
                branch_name: string;
                people: number;
                people_before: number;
                now: {
                    /** Format: decimal */
                    earnings: string;
                    /** Format: decimal */
                    deductions: string;
                    /** Format: decimal */
                    deposit: string;
                    /** Format: decimal */
                    net: string;
                };
                before: {
                    /** Format: decimal */
                    earnings: string;
                    /** Format: decimal */
                    deductions: string;
                    /** Format: decimal */
                    deposit: string;
                    /** Format: decimal */
                    net: string;
                };
            }[];
            /** @description whose pay differs, the largest change first */
            people: {
                staff: string;
                name: string;
                branch_name: string;
                here: boolean;
                was_here: boolean;
                /** Format: decimal */
                now: string;
                /** Format: decimal */
                before: string;
                /** Format: decimal */
                change: string;
                lines: {
                    line: string;
                    /** @enum {string} */
                    kind: "应发" | "扣款" | "保证金" | "列示";
                    /** Format: decimal */
                    now: string;
                    /** Format: decimal */
                    before: string;
                    /** Format: decimal */
                    change: string;
                }[];
            }[];
        };
        PayCorrections: {
            run: {
                id: number;
                period: string;
                state: string;
                people: number;
                totals: {
                    /** Format: decimal */
                    earnings: string;
                    /** Format: decimal */
                    deductions: string;
                    /** Format: decimal */
                    deposit: string;
                    /** Format: decimal */
                    net: string;
                };
            };
            /** @description the run whose figures count by now */
            appraisal: number;
            open: number;
            people: {
                staff: string;
                name: string;
                branch_name: string;
                here: boolean;
                was_here: boolean;
                /** Format: decimal */
                now: string;
                /** Format: decimal */
                before: string;
                /** Format: decimal */
                change: string;
                lines: {
                    line: string;
                    /** @enum {string} */
                    kind: "应发" | "扣款" | "保证金" | "列示";
                    /** Format: decimal */
                    now: string;
                    /** Format: decimal */
                    before: string;
                    /** Format: decimal */
                    change: string;
                }[];
            }[];
        };
        PayPlan: {
            pack: string;
            title: string;
            hash: string;
            lines: {
                line: string;
                /** @enum {string} */
                kind: "应发" | "扣款" | "保证金" | "列示";
                /** @enum {string} */
                way: "本人" | "按日" | "合办" | "分池";
                decision: string;
                part: string;
                pool: string;
            }[];
            /** @description inputs that the run or a recorded fact must tell */
            needs: {
                line: string;
                decision: string;
                name: string;
                type: string;
                hint: string;
                optional: boolean;
            }[];
        };
        PayRun: {
            id: number;
            /** @description the appraisal */
            run: number;
            pack: string;
            pack_hash: string;
            title: string;
            scheme: string;
            period: string;
            /** Format: date */
            pay_on: string;
            /** @enum {string} */
            state: "draft" | "approved" | "paid" | "void";
            paid_at: string | null;
            people: number;
            /** @description lines that could not be worked out, and problems */
            open: number;
            hash: string;
            /** Format: decimal */
            earnings: string;
            /** Format: decimal */
            deductions: string;
            /** Format: decimal */
            deposit: string;
            /** Format: decimal */
            net: string;
            /** Format: date-time */
            made_at: string;
            made_by: string;
            approved_at: string | null;
            approved_by: string | null;
            approved_why: string | null;
            paid_by: string | null;
            paid_document: string | null;
            void_at: string | null;
            void_by: string | null;
            void_why: string | null;
        };
        PayRunWhole: {
            id: number;
            /** @description the appraisal */
            run: number;
            pack: string;
            pack_hash: string;
            title: string;
            scheme: string;
            period: string;
            /** Format: date */
            pay_on: string;
            /** @enum {string} */
            state: "draft" | "approved" | "paid" | "void";
            paid_at: string | null;
            people: number;
            /** @description lines that could not be worked out, and problems */
            open: number;
            hash: string;
            /** Format: decimal */
            earnings: string;
            /** Format: decimal */
            deductions: string;
            /** Format: decimal */
            deposit: string;
            /** Format: decimal */
            net: string;
            /** Format: date-time */
            made_at: string;
            made_by: string;
            approved_at: string | null;
            approved_by: string | null;
            approved_why: string | null;
            paid_by: string | null;
            paid_document: string | null;
            void_at: string | null;
            void_by: string | null;
            void_why: string | null;
            lines: {
                line: string;
                /** @enum {string} */
                kind: "应发" | "扣款" | "保证金" | "列示";
                /** Format: decimal */
                amount: string;
            }[];
            pools: {
                line: string;
                /** @description empty: the whole bank */
                branch: string;
                /** Format: decimal */
                amount: string;
                /** Format: decimal */
                paid: string;
                people: number;
                answer: unknown;
            }[];
            problems: {
                code: string;
                message: string;
                where: string;
            }[];
            /** @description the slips are those that were worked out */
            whole: boolean;
        };
        Payslip: {
            run: {
                id: number;
                /** @description the appraisal */
                run: number;
                pack: string;
                pack_hash: string;
                title: string;
                scheme: string;
                period: string;
                /** Format: date */
                pay_on: string;
                /** @enum {string} */
                state: "draft" | "approved" | "paid" | "void";
                paid_at: string | null;
            };
            staff: string;
            name: string;
            org: string;
            branch: string;
            /** @description in post in the period */
            days: number;
            lines: components["schemas"]["SlipLine"][];
            /** Format: decimal */
            earnings: string;
            /** Format: decimal */
            deductions: string;
            /** Format: decimal */
            deposit: string;
            /** Format: decimal */
            net: string;
            problems: {
                code: string;
                message: string;
            }[];
            org_name: string;
        };
        PeopleFact: {
            id: number;
            /** @enum {string} */
            of: "staff" | "org" | "bank";
            /** @description empty of the bank */
            subject: string;
            kind: string;
            name: string;
            value: unknown;
            /** Format: date */
            from: string;
            to: string | null;
            document: string;
            reason: string;
            /** Format: date-time */
            at: string;
            by: string;
            withdrawn_at: string | null;
            withdrawn_by: string | null;
            withdrawn_why: string | null;
        };
        Personal: {
            id_type: string;
            id_no: string;
            phone: string;
            address: string;
        };
        Policy: {
            id: string;
            title: string;
            /** @description whose rules they are */
            institution: string;
            version: string;
            hash: string;
            from: string | null;
            to: string | null;
            sources: {
                document: string;
                title: string;
            }[];
            imports: string[];
            extends: string[];
            counts: {
                documents: number;
                articles: number;
                decisions: number;
                functions: number;
                types: number;
                parameters: number;
                to_confirm: number;
                cases: number;
                measures: number;
                indicators: number;
                scores: number;
                schemes: number;
                checklists: number;
                duties: number;
                notices: number;
                processes: number;
                judgements: number;
                opens: number;
            } | null;
            /** @description articles of each state */
            coverage: {
                executable: number;
                judgement: number;
                open: number;
                parameters: number;
                none: number;
            } | null;
            /** @description of the catalogue that its blocks obey */
            rules: number;
            schemes: {
                scheme: string;
                title: string;
            }[];
            documents: {
                path: string;
                title: string;
                locator: string;
                articles: number;
            }[];
            /** @description what it takes over from the packs it extends */
            inherited: {
                pack: string;
                kind: string;
                name: string;
                title: string;
            }[];
            articles: components["schemas"]["PolicyArticle"][];
        };
        PolicyArticle: {
            id: string;
            article: string;
            title: string;
            document: string;
            line: number;
            /** @description of its heading */
            level: number;
            /** @description the heading that holds it */
            parent: string | null;
            /** @enum {string} */
            state: "executable" | "judgement" | "open" | "parameters" | "none" | "chapter";
            locator: string;
            text: string;
            rules: string[];
            blocks: components["schemas"]["PolicyBlock"][];
            /** @description the prose behind the last block */
            rest: string;
        };
        PolicyBlock: {
            kind: string;
            name: string;
            title: string;
            line: number;
            end_line: number;
            source: string;
            rules: string[];
            /** @description the prose right above it, behind other blocks */
            text: string;
            element: components["schemas"]["PolicyElement"] | null;
        };
        PolicyBody: {
            /** @enum {string} */
            kind: "formula" | "table" | "steps" | "gate";
            /** @description index of the step that is the result; null: all that are no helpers */
            result: number | null;
            steps: {
                name: string;
                helper: boolean;
                type: components["schemas"]["PolicyType"] | null;
                formula: string;
                line: number;
                table: components["schemas"]["PolicyTable"] | null;
            }[];
        };
        PolicyBrief: {
            id: string;
            title: string;
            /** @description whose rules they are */
            institution: string;
            version: string;
            hash: string;
            from: string | null;
            to: string | null;
            sources: {
                document: string;
                title: string;
            }[];
            imports: string[];
            extends: string[];
            counts: {
                documents: number;
                articles: number;
                decisions: number;
                functions: number;
                types: number;
                parameters: number;
                to_confirm: number;
                cases: number;
                measures: number;
                indicators: number;
                scores: number;
                schemes: number;
                checklists: number;
                duties: number;
                notices: number;
                processes: number;
                judgements: number;
                opens: number;
            } | null;
            /** @description articles of each state */
            coverage: {
                executable: number;
                judgement: number;
                open: number;
                parameters: number;
                none: number;
            } | null;
            /** @description of the catalogue that its blocks obey */
            rules: number;
            /** @description why it cannot be read; then nothing else is set */
            problem: string | null;
            /** @description the version in force; null: the pack as it is installed */
            active: {
                version: number;
                /** Format: date */
                from: string;
            } | null;
        };
        PolicyCase: {
            decision: string;
            document: string;
            line: number;
            note: string;
            input: unknown;
            on: string | null;
            expected: unknown;
            /** @description a refusal is expected */
            refused: boolean;
            /** @description because of this input; "" any */
            refused_at: string;
            /** @enum {string} */
            outcome: "right" | "wrong";
            /** @description what came out; null when it was refused */
            got: unknown;
            /** @description what is wrong, or why it was refused */
            message: string;
        };
        PolicyCases: {
            /** @enum {string} */
            kind: "case";
            decision: string;
            cases: number;
        };
        PolicyChange: {
            /** @enum {string} */
            kind: "added" | "removed" | "changed";
            element: string;
            name: string;
            part: string;
            before: string;
            after: string;
            article: string;
            where: string;
            words: string;
        };
        PolicyChanges: {
            before: {
                id: string;
                title: string;
                version: string;
                hash: string;
            };
            after: {
                id: string;
                title: string;
                version: string;
                hash: string;
            };
            changes: components["schemas"]["PolicyChange"][];
            words: string;
        };
        PolicyChecklist: {
            /** @enum {string} */
            kind: "checklist";
            id: string;
            title: string;
            items: components["schemas"]["PolicyField"][];
            /** @description the decision asked with the answers */
            conclusion: string;
        };
        PolicyComposition: {
            id: string;
            title: string;
            /**
             * Format: date
             * @description its first day
             */
            from: string;
            /** @description whole, or documents as PACK/FILE.md; what the first says goes before the rest */
            packs: string[];
            parameters: {
                pack: string;
                name: string;
                decision?: string;
                value: unknown;
                /** Format: date */
                from?: string;
                note?: string;
            }[];
            note: string;
        };
        PolicyCoverage: {
            documents: {
                document: string;
                title: string;
                executable: number;
                judgement: number;
                open: number;
                parameters: number;
                none: number;
                articles: {
                    id: string | null;
                    article: string;
                    title: string;
                    line: number;
                    /** @enum {string} */
                    state: "executable" | "judgement" | "open" | "parameters" | "none";
                    rules: string[];
                    executable: number;
                    parameters: number;
                    judgements: number;
                    opens: number;
                }[];
            }[];
        };
        PolicyDecision: {
            /** @enum {string} */
            kind: "decision";
            id: string;
            title: string;
            question: string;
            inputs: components["schemas"]["PolicyField"][];
            output: components["schemas"]["PolicyType"] | null;
            requires: {
                name: string;
                pack: string;
                decision: string;
                arguments: {
                    input: string;
                    formula: string;
                }[];
            }[];
            refusals: {
                message: string;
                condition: string;
                input: string;
            }[];
            body: components["schemas"]["PolicyBody"];
            cases: number;
        };
        PolicyDecisionWhole: {
            pack: string;
            pack_title: string;
            version: string;
            hash: string;
            article: {
                id: string | null;
                article: string;
                title: string;
                document: string;
                line: number;
                locator: string;
                text: string;
            };
            decision: components["schemas"]["PolicyDecision"];
            source: string;
            line: number;
            end_line: number;
            rules: string[];
            /** @description those it names */
            parameters: components["schemas"]["PolicyParameter"][];
            functions: {
                pack: string;
                name: string;
                title: string;
                signature: string;
            }[];
            cases: components["schemas"]["PolicyCase"][];
            used_by: components["schemas"]["PolicyUse"][];
        };
        PolicyDraft: {
            id: number;
            pack: string;
            title: string;
            /** @enum {string} */
            state: "open" | "submitted" | "discarded";
            base: {
                /** @enum {string} */
                kind: "installed" | "version" | "new";
                version: number | null;
                label: string;
                hash: string;
            };
            note: string;
            /** @description every change names the one it was made on */
            revision: number;
            /** Format: date-time */
            made_at: string;
            made_by: string;
            /** Format: date-time */
            changed_at: string;
            changed_by: string;
            /** @description none of them may approve what becomes of it */
            editors: string[];
            problems: number;
            cases: number;
            /** @description cases that come out otherwise; not asked while there are problems */
            failed: number;
            /** @description that it became */
            version: number | null;
            /** @description who looks at it just now */
            here: components["schemas"]["DraftVisitor"][];
        };
        PolicyDraftWhole: {
            id: number;
            pack: string;
            title: string;
            /** @enum {string} */
            state: "open" | "submitted" | "discarded";
            base: {
                /** @enum {string} */
                kind: "installed" | "version" | "new";
                version: number | null;
                label: string;
                hash: string;
            };
            note: string;
            /** @description every change names the one it was made on */
            revision: number;
            /** Format: date-time */
            made_at: string;
            made_by: string;
            /** Format: date-time */
            changed_at: string;
            changed_by: string;
            /** @description none of them may approve what becomes of it */
            editors: string[];
            problems: number;
            cases: number;
            /** @description cases that come out otherwise; not asked while there are problems */
            failed: number;
            /** @description that it became */
            version: number | null;
            /** @description who looks at it just now */
            here: components["schemas"]["DraftVisitor"][];
            files: {
                path: string;
                document: boolean;
                bytes: number;
                changed: boolean;
            }[];
            findings: components["schemas"]["DraftFinding"][];
            /** @description what it leaves to the bank */
            remains: components["schemas"]["PolicyOpenPoint"][];
        };
        PolicyDuty: {
            /** @enum {string} */
            kind: "duty";
            id: string;
            title: string;
            subject: string;
            where: string;
            due: string;
            lead: string;
            who: string;
            escalations: {
                after: string;
                to: string;
            }[];
            checklist: string;
        };
        PolicyElement: components["schemas"]["PolicyDecision"] | components["schemas"]["PolicyFunction"] | components["schemas"]["PolicyParameters"] | components["schemas"]["PolicyNamedType"] | components["schemas"]["PolicyJudgement"] | components["schemas"]["PolicyOpen"] | components["schemas"]["PolicyCases"] | components["schemas"]["PolicyChecklist"] | components["schemas"]["PolicyDuty"] | components["schemas"]["PolicyNotice"] | components["schemas"]["PolicyProcess"] | components["schemas"]["PolicyFigure"] | components["schemas"]["PolicyForm"] | components["schemas"]["PolicyFacts"] | components["schemas"]["PolicyList"] | components["schemas"]["PolicyScheme"];
        PolicyFacts: {
            /** @enum {string} */
            kind: "fact";
            facts: {
                name: string;
                hint: string;
                type: components["schemas"]["PolicyType"];
                /** @enum {string} */
                of: "staff" | "customer" | "loan" | "organisation" | "bank";
                by_period: boolean;
                otherwise: unknown;
                by: string[];
            }[];
        };
        PolicyField: {
            name: string;
            type: components["schemas"]["PolicyType"];
            optional: boolean;
            /** @description what it is when it is left out */
            otherwise: unknown;
            hint: string;
        };
        PolicyFigure: {
            /** @enum {string} */
            kind: "measure" | "indicator" | "score" | "peer";
            name: string;
            unit: string;
            formula: string;
            inputs: string[];
        };
        PolicyForm: {
            /** @enum {string} */
            kind: "form";
            id: string;
            title: string;
            note: string;
            items: {
                name: string;
                weight: string;
                entries: {
                    name: string;
                    content: string;
                    standard: string;
                    full: string;
                    levels: {
                        name: string;
                        mark: string;
                    }[];
                    may_skip: boolean;
                    rules: string[];
                }[];
            }[];
        };
        PolicyFunction: {
            /** @enum {string} */
            kind: "function";
            name: string;
            title: string;
            signature: string;
            parameters: components["schemas"]["PolicyField"][];
            output: components["schemas"]["PolicyType"] | null;
            body: components["schemas"]["PolicyBody"];
        };
        PolicyHit: {
            pack: string;
            pack_title: string;
            kind: string;
            name: string;
            title: string;
            article: string;
            article_id: string;
            document: string;
            line: number;
            rules: string[];
            snippet: string;
        };
        PolicyJudgement: {
            /** @enum {string} */
            kind: "judgement";
            why: string;
        };
        PolicyList: {
            /** @enum {string} */
            kind: "list";
            name: string;
            /** @description the measure its things come from */
            of: string;
            group: string;
            /** @description the parameter that says how many are drawn */
            sample: string;
            seed: string;
            parts: {
                name: string;
                formula: string;
            }[];
        };
        PolicyNamedType: {
            /** @enum {string} */
            kind: "type";
            name: string;
            title: string;
            type: components["schemas"]["PolicyType"];
        };
        PolicyNotice: {
            /** @enum {string} */
            kind: "notice";
            id: string;
            title: string;
            subject: string;
            where: string;
            when: string;
            to: string[];
            channel: string;
            text: string;
        };
        PolicyOpen: {
            /** @enum {string} */
            kind: "open";
            question: string;
            chosen: string;
        };
        PolicyOpenPoint: {
            pack: string;
            /** @enum {string} */
            kind: "to_confirm" | "open" | "judgement";
            name: string;
            text: string;
            chosen: string;
            value: unknown;
            unit: string;
            document: string;
            line: number;
            article: string;
            article_id: string | null;
        };
        PolicyParameter: {
            name: string;
            unit: string;
            /** @description the one decision whose own it is; "" the pack's */
            decision: string;
            /** @description oldest first */
            values: {
                value: unknown;
                from: string | null;
                to: string | null;
            }[];
            /** @description no text gives it: the bank must confirm it */
            to_confirm: boolean;
            note: string;
            line: number;
            article: string;
            /** @description null: of another pack */
            article_id: string | null;
            pack: string;
        };
        PolicyParameters: {
            /** @enum {string} */
            kind: "parameter";
            parameters: components["schemas"]["PolicyParameter"][];
        };
        PolicyProcess: {
            /** @enum {string} */
            kind: "process";
            id: string;
            title: string;
            subject: string;
            inputs: components["schemas"]["PolicyField"][];
            steps: {
                name: string;
                roles: string[];
                people: number;
                condition: string;
                deadline: string;
                /** @description a decision that must let it pass */
                gate: string;
                form: string;
            }[];
            separate: string[][];
        };
        PolicyScheme: {
            /** @enum {string} */
            kind: "scheme";
            name: string;
            title: string;
            holders: string;
            holder_filter: string;
            periods: string[];
            figures: string[];
            items: {
                score: string;
                weight: string;
            }[];
            grades: {
                grade: string;
                at_least: string;
            }[];
            /** @description the decision that scores its holders; else empty */
            decision: string;
            sources: {
                input: string;
                formula: string;
            }[];
            gates: {
                reason: string;
                condition: string;
                leaves_out: boolean;
                grade: string;
            }[];
        };
        PolicyTable: {
            /** @enum {string} */
            policy: "unique" | "any" | "priority" | "first" | "rule_order" | "output_order" | "collect";
            /** @enum {string} */
            aggregation: "none" | "sum" | "min" | "max" | "count";
            line: number;
            inputs: {
                expression: string;
                /** @description its cells are whole conditions */
                condition: boolean;
                type: components["schemas"]["PolicyType"] | null;
            }[];
            outputs: {
                name: string;
                type: components["schemas"]["PolicyType"] | null;
            }[];
            rows: {
                /** @description one for each input; "-" is anything */
                tests: string[];
                results: string[];
                rules: string[];
                article: string;
                note: string;
                line: number;
            }[];
        };
        PolicyTrial: {
            pack: string;
            decision: string;
            title: string;
            /** Format: date */
            on: string;
            pack_hash: string;
            version: number | null;
            draft: number | null;
            result: unknown;
            output: components["schemas"]["PolicyType"] | null;
            cites: components["schemas"]["TrialCite"][];
            /** @description when it was asked for */
            trace: components["schemas"]["TraceNode"][] | null;
        };
        PolicyType: {
            /** @description as an author writes it: "元 >= 0" */
            text: string;
            /** @enum {string} */
            kind: "any" | "boolean" | "number" | "string" | "date" | "time" | "date_time" | "days_duration" | "months_duration" | "list" | "context";
            /** @description of the type block that says it */
            name: string;
            nullable: boolean;
            unit: string;
            integer: boolean;
            low: {
                value: unknown;
                included: boolean;
            } | null;
            high: {
                value: unknown;
                included: boolean;
            } | null;
            /** @description the only texts allowed, in their order; empty: any */
            words: string[];
            element: components["schemas"]["PolicyType"] | null;
            members: components["schemas"]["PolicyField"][];
        };
        PolicyUse: {
            kind: string;
            pack: string;
            name: string;
            title: string;
            article: string;
            article_id: string | null;
            /** @enum {string} */
            as: "requires" | "gate" | "conclusion" | "formula" | "type" | "figure";
        };
        PolicyVersion: {
            id: number;
            pack: string;
            title: string;
            version: string;
            hash: string;
            /** @enum {string} */
            state: "draft" | "approved" | "activated";
            note: string;
            /** @description what the checks found */
            problems: number;
            cases: number;
            /** @description cases that came out otherwise */
            failed: number;
            /** Format: date-time */
            drafted_at: string;
            drafted_by: string;
            approved_at: string | null;
            approved_by: string | null;
            activated_at: string | null;
            activated_by: string | null;
            /** @description in force from this day until the next version is */
            active_from: string | null;
        };
        PolicyVersionWhole: {
            id: number;
            pack: string;
            title: string;
            version: string;
            hash: string;
            /** @enum {string} */
            state: "draft" | "approved" | "activated";
            note: string;
            /** @description what the checks found */
            problems: number;
            cases: number;
            /** @description cases that came out otherwise */
            failed: number;
            /** Format: date-time */
            drafted_at: string;
            drafted_by: string;
            approved_at: string | null;
            approved_by: string | null;
            activated_at: string | null;
            activated_by: string | null;
            /** @description in force from this day until the next version is */
            active_from: string | null;
            /** @description problems and failing cases in words */
            findings: string[];
        };
        Preferences: {
            /** @enum {string} */
            language: "zh" | "en";
            /** @enum {string} */
            theme: "auto" | "light" | "dark";
            /** @enum {string} */
            unit: "yuan" | "wan";
        };
        Problem: {
            type: string;
            title: string;
            status: number;
            code: string;
            detail?: string;
            instance?: string;
            errors?: {
                where: string;
                message: string;
                hint: string;
            }[];
        };
        RankingColumn: {
            key: string;
            name: string;
            unit: string;
            /** @enum {string} */
            kind: "score" | "figure";
            full: string | null;
        };
        RankingItem: {
            id: string;
            name: string;
            org: string;
            org_name: string;
            branch: string;
            branch_name: string;
            total: string | null;
            total_reason: string;
            grade: string | null;
            rank: {
                branch: number | null;
                bank: number | null;
            };
            scores: {
                [key: string]: string | null;
            };
            figures: {
                [key: string]: string | null;
            };
            spark: (string | null)[];
        };
        Receipt: {
            /** @enum {string} */
            kind: "guanhu.receipt";
            version: number;
            run: number;
            scheme: string;
            period: string;
            holder: string;
            /** Format: date-time */
            sealed_at: string;
            index: number;
            of: number;
            /** @description what was hashed: one line a value */
            text: string;
            leaf: string;
            path: {
                /** @enum {string} */
                side: "left" | "right";
                hash: string;
            }[];
            root: string;
        };
        Relation: {
            id: number;
            staff: components["schemas"]["AssessmentPerson"];
            other: components["schemas"]["AssessmentPerson"];
            /** @enum {string} */
            kind: "spouse" | "parent" | "child" | "sibling" | "other";
            note: string;
            declared_by: string;
            /** Format: date-time */
            declared_at: string;
            ended_by: string | null;
            ended_at: string | null;
        };
        Replay: {
            asked: number;
            same: number;
            different: number;
            /** @description there are older ones that were not asked again */
            more: boolean;
            differences: {
                was: components["schemas"]["Decision"];
                now: unknown;
            }[];
        };
        Result: {
            run: number;
            scheme: string;
            title: string;
            period: string;
            /** @enum {string} */
            state: "published" | "disputed" | "sealed";
            holder: string;
            name: string;
            org: string;
            total: string | null;
            grade: string | null;
            rank: {
                branch: {
                    place: number;
                    of: number;
                } | null;
                bank: {
                    place: number;
                    of: number;
                } | null;
            };
            /** Format: date-time */
            published_at: string;
            notice_until: string | null;
            appeal_until: string | null;
            sealed_at: string | null;
            /** @description of this holder */
            open_disputes: number;
            /** @description when the holder first opened the statement */
            received_at: string | null;
        };
        ResultDetail: {
            run: number;
            scheme: string;
            title: string;
            period: string;
            /** @enum {string} */
            state: "published" | "disputed" | "sealed";
            holder: string;
            name: string;
            org: string;
            total: string | null;
            grade: string | null;
            rank: {
                branch: {
                    place: number;
                    of: number;
                } | null;
                bank: {
                    place: number;
                    of: number;
                } | null;
            };
            /** Format: date-time */
            published_at: string;
            notice_until: string | null;
            appeal_until: string | null;
            sealed_at: string | null;
            /** @description of this holder */
            open_disputes: number;
            /** @description when the holder first opened the statement */
            received_at: string | null;
            superseded_by: number | null;
            total_reason: string;
            figures: {
                name: string;
                value: unknown;
                unit: string;
                reason: string;
            }[];
            scores: {
                name: string;
                value: unknown;
                reason: string;
            }[];
            may_dispute: {
                ok: boolean;
                code: string | null;
            };
            corrections: {
                figure: string;
                was: string | null;
                /** Format: decimal */
                value: string;
                dispute: number;
            }[];
            carried: {
                statement: number;
                period: string;
                lines: {
                    /** @description figures.NAME, scores.NAME, total, grade */
                    what: string;
                    counted: unknown;
                    now: unknown;
                    /** @description null where it is no number */
                    difference: string | null;
                }[];
            }[];
            disputes: components["schemas"]["Dispute"][];
        };
        RiskFinding: {
            /** @description the same for the same event in every search */
            id: string;
            period: string;
            /** @enum {string} */
            kind: "spike" | "in_out" | "loan_return" | "circle" | "split";
            /** Format: date */
            day: string;
            subject: {
                /** @enum {string} */
                kind: "bank" | "organisation" | "manager" | "customer" | "account" | "loan";
                /** @description null where it lies outside the reader's reach */
                id: string | null;
                name: string | null;
            };
            customer: {
                id: string;
                name: string;
            } | null;
            /** @description whose figures it touches, in reach: they do not decide about it */
            managers: {
                id: string;
                name: string;
            }[];
            /** @description more of them, outside the reader's reach */
            others: number;
            /** Format: decimal */
            amount: string;
            unit: string;
            /** @description one Chinese sentence */
            what: string;
            /**
             * @description accepted: the money does not count
             * @enum {string}
             */
            state: "open" | "accepted" | "dismissed";
            /** @description false: the last search no longer saw it */
            present: boolean;
            /** @description another amount than when it was decided */
            changed: boolean;
            /** Format: date-time */
            first_seen: string;
            /** Format: date-time */
            last_seen: string;
        };
        RiskFindingDetail: {
            /** @description the same for the same event in every search */
            id: string;
            period: string;
            /** @enum {string} */
            kind: "spike" | "in_out" | "loan_return" | "circle" | "split";
            /** Format: date */
            day: string;
            subject: {
                /** @enum {string} */
                kind: "bank" | "organisation" | "manager" | "customer" | "account" | "loan";
                /** @description null where it lies outside the reader's reach */
                id: string | null;
                name: string | null;
            };
            customer: {
                id: string;
                name: string;
            } | null;
            /** @description whose figures it touches, in reach: they do not decide about it */
            managers: {
                id: string;
                name: string;
            }[];
            /** @description more of them, outside the reader's reach */
            others: number;
            /** Format: decimal */
            amount: string;
            unit: string;
            /** @description one Chinese sentence */
            what: string;
            /**
             * @description accepted: the money does not count
             * @enum {string}
             */
            state: "open" | "accepted" | "dismissed";
            /** @description false: the last search no longer saw it */
            present: boolean;
            /** @description another amount than when it was decided */
            changed: boolean;
            /** Format: date-time */
            first_seen: string;
            /** Format: date-time */
            last_seen: string;
            /** @description what was compared, by kind */
            detail: {
                [key: string]: unknown;
            };
            /** @description figures as they count now and without it */
            effects: {
                /** @enum {string} */
                holder_kind: "manager" | "organisation" | "bank";
                holder: string;
                name: string;
                figure: string;
                unit: string;
                /** Format: decimal */
                with: string;
                /** Format: decimal */
                without: string;
            }[];
            /** @description of holders outside the reader's reach */
            effects_hidden: number;
            /** @description in the order of time; at most 60, the largest */
            rows: {
                /** @description transactions, balances, loans, sales */
                table: string;
                id: string | null;
                account: string | null;
                customer: {
                    id: string;
                    name: string;
                } | null;
                /** @description of a customer outside the reader's reach */
                hidden: boolean;
                /** @description a day or a local moment, as it was delivered */
                at: string;
                kind: string | null;
                /** @description masked where it is another bank's */
                counter: string | null;
                /** Format: decimal */
                amount: string;
                file: string | null;
                /** Format: date */
                business_date: string;
                line: number | null;
            }[];
            rows_in_all: number;
            /** @description between whom the money went, in the order in which it met them */
            parties: {
                /** @enum {string} */
                kind: "customer" | "outside" | "hidden" | "unknown" | "bank";
                customer: {
                    id: string;
                    name: string;
                } | null;
                /** @description of another bank, masked */
                account: string | null;
            }[];
            /** @description one a transfer, in the order of time */
            hops: {
                /** @description place in rows, from 0 */
                row: number;
                /** @description place in parties, from 0 */
                from: number;
                to: number;
                /** Format: decimal */
                amount: string;
            }[];
            rule: {
                pack: string;
                pack_hash: string;
                parameters: {
                    name: string;
                    value: string;
                    unit: string | null;
                    article: string;
                    place: string;
                }[];
            };
            decisions: {
                /** @enum {string} */
                state: "open" | "accepted" | "dismissed";
                reason: string;
                by: string;
                name: string;
                /** Format: date-time */
                at: string;
                /** Format: decimal */
                amount: string;
            }[];
            may_decide: {
                ok: boolean;
                code: string | null;
            };
        };
        RiskScan: {
            period: string;
            /** @enum {string} */
            kind: "spike" | "in_out" | "loan_return" | "circle" | "split";
            /** Format: date-time */
            at: string;
            by: string;
            pack: string;
            pack_hash: string;
            /**
             * Format: date
             * @description the last business date it knew
             */
            reached: string;
            findings: number;
            notes: string[];
        };
        Role: {
            role: string;
            title: string;
            permissions: {
                [key: string]: "own" | "team" | "branch" | "bank";
            };
        };
        Run: {
            /** @description its number */
            id: number;
            scheme: string;
            /** @description of the scheme; empty when its pack is gone */
            title: string;
            period: string;
            /** @description as it was known then; null: when it was made */
            known_at: string | null;
            pack_hash: string;
            engine: string;
            run_hash: string;
            /** @enum {string} */
            state: "draft" | "published" | "disputed" | "sealed";
            /** Format: date-time */
            created_at: string;
            /** @description who made it */
            by: string | null;
            holders: number;
            warnings: number;
        };
        RunDetail: {
            /** @description its number */
            id: number;
            scheme: string;
            /** @description of the scheme; empty when its pack is gone */
            title: string;
            period: string;
            /** @description as it was known then; null: when it was made */
            known_at: string | null;
            pack_hash: string;
            engine: string;
            run_hash: string;
            /** @enum {string} */
            state: "draft" | "published" | "disputed" | "sealed";
            /** Format: date-time */
            created_at: string;
            /** @description who made it */
            by: string | null;
            holders: number;
            warnings: string[];
            /** @description per measure: the parts against the bank's total, in the measure's unit */
            sums: {
                measure: string;
                holders: string;
                others: string;
                nobody: string;
                bank: string;
            }[];
        };
        RunLife: {
            run: number;
            scheme: string;
            period: string;
            /** @enum {string} */
            state: "draft" | "published" | "disputed" | "sealed";
            run_hash: string;
            pack_hash: string;
            /** @description from publishing on: what the figures rest on */
            known_at: string | null;
            maker: string | null;
            /** @description where the days come from */
            policy: string | null;
            corrects: number | null;
            superseded_by: number | null;
            published: {
                /** Format: date-time */
                at: string;
                by: string;
            } | null;
            notice_until: string | null;
            appeal_until: string | null;
            proposed: {
                /** Format: date-time */
                at: string;
                by: string;
            } | null;
            sealed: {
                /** Format: date-time */
                at: string;
                by: string;
            } | null;
            /** @description of the tree over all statements */
            root: string | null;
            leaves: number;
            open_disputes: number;
            sealable: {
                ok: boolean;
                code: string | null;
                message: string | null;
            };
            steps: {
                /** Format: date-time */
                at: string;
                actor: string;
                /** @enum {string} */
                what: "publish" | "supersede" | "dispute" | "review" | "withdraw" | "decide" | "correct" | "propose" | "seal" | "difference";
                reason: string;
                detail: {
                    [key: string]: unknown;
                };
            }[];
            corrections: {
                holder: string;
                figure: string;
                was: string | null;
                /** Format: decimal */
                value: string;
                dispute: number;
            }[];
            /** @description of the logins, staff and organisations mentioned */
            names: {
                [key: string]: string;
            };
        };
        RunOutcome: {
            run: number;
            scheme: string;
            period: string;
            run_hash: string;
            holders: number;
            /** @description false: the same run was kept before */
            new: boolean;
        };
        ScanOutcome: {
            period: string;
            findings: number;
            fresh: number;
            again: number;
            gone: number;
            notes: string[];
        };
        ScoreSheet: {
            holder: {
                id: string;
                name: string;
                org: string;
                org_name: string;
                branch: string;
                branch_name: string;
            };
            scheme: string;
            title: string;
            period: string;
            run_hash: string;
            pack_hash: string;
            total: string | null;
            /** Format: decimal */
            full_total: string;
            total_reason: string;
            /** @description what must be recorded before it can be scored */
            waits: string[];
            grade: string | null;
            next_grade: {
                grade: string;
                /** Format: decimal */
                missing: string;
            } | null;
            rank: {
                branch: {
                    place: number;
                    of: number;
                } | null;
                bank: {
                    place: number;
                    of: number;
                } | null;
            };
            previous: {
                period: string;
                total: string | null;
            } | null;
            scores: {
                name: string;
                value: string | null;
                /** Format: decimal */
                full: string;
                /** Format: decimal */
                weight: string;
                reason: string;
                previous: string | null;
                peers: {
                    min: string | null;
                    max: string | null;
                    average: string | null;
                    place: number | null;
                    of: number;
                };
                article: string;
            }[];
            figures: {
                name: string;
                /** @description an exact decimal; of a decision's result also a word or a date */
                value: string | null;
                unit: string;
                reason: string;
                /** @description an exact decimal; of a decision's result also a word or a date */
                previous: string | null;
                article: string;
            }[];
            warnings: string[];
        };
        SealVerdict: {
            run: number;
            root: string;
            statements: number;
            /** @description what is kept holds together */
            sound: boolean;
            /**
             * @description made again, it is the same
             * @enum {string}
             */
            rerun: "same" | "differs" | "impossible" | "skipped";
            good: boolean;
            faults: string[];
        };
        SearchHit: {
            /** @enum {string} */
            kind: "customer" | "account" | "staff";
            id: string;
            name: string;
            note: string;
            customer_id?: string;
            holder?: boolean;
        };
        Session: {
            login: string;
            staff_id: string;
            name: string;
            org: {
                id: string;
                name: string;
            };
            roles: string[];
            permissions: {
                [key: string]: "own" | "team" | "branch" | "bank";
            };
            must_change: boolean;
            csrf: string;
            /** Format: date-time */
            expires: string;
        };
        Share: {
            staff: string;
            name: string;
            role: string | null;
            /** Format: decimal */
            share: string;
            /** Format: date */
            from: string;
            to: string | null;
        };
        Simulation: {
            id: number;
            title: string;
            note: string;
            scheme: string;
            scheme_title: string;
            period: string;
            base_kind: string;
            base_run: number | null;
            /** Format: date-time */
            known_at: string;
            engine: string;
            pack_hash: string;
            hash: string;
            /** Format: date-time */
            made_at: string;
            made_by: string;
            mine: boolean;
            shared: boolean;
            withdrawn: boolean;
            ask: unknown;
            summary: components["schemas"]["SimulationSummary"];
        };
        SimulationAsk: {
            title?: string;
            note?: string;
            scheme: string;
            period: string;
            base?: number | null;
            known_at?: string | null;
            targets?: {
                figure: string;
                /** @description "": everyone */
                holder?: string;
                value?: string | null;
                times?: string | null;
            }[];
            assignments?: {
                /** @enum {string} */
                kind: "account" | "loan" | "customer";
                id: string;
                /** @description who gives; "": whoever holds it */
                from?: string;
                to: string;
                /** Format: date */
                on: string;
                until?: string | null;
                /**
                 * Format: decimal
                 * @description of what the giver holds, 0 to 1
                 */
                share?: string;
            }[];
            pay?: {
                pack: string;
                /** Format: date */
                pay_on?: string;
                grades_pack?: string;
                /** @description a draft of the pack, as it is now */
                draft?: number | null;
                parameters?: {
                    name: string;
                    value: unknown;
                }[];
                formulas?: {
                    name: string;
                    formula: string;
                }[];
                weights?: {
                    name: string;
                    /** Format: decimal */
                    weight: string;
                }[];
                grades?: {
                    name: string;
                    /** Format: decimal */
                    at_least: string;
                }[];
            } | null;
            /** @description a draft of the pack, as it is now */
            draft?: number | null;
            parameters?: {
                name: string;
                value: unknown;
            }[];
            formulas?: {
                name: string;
                formula: string;
            }[];
            weights?: {
                name: string;
                /** Format: decimal */
                weight: string;
            }[];
            grades?: {
                name: string;
                /** Format: decimal */
                at_least: string;
            }[];
        };
        SimulationCliffs: {
            levers: {
                id: string;
                title: string;
                unit: string;
            }[];
            lever: string | null;
            bands: {
                name: string;
                /** Format: decimal */
                at_least: string;
            }[];
            items: {
                id: string;
                name: string;
                branch: string;
                total: string | null;
                grade: string;
                next: string;
                missing: string | null;
                need: string | null;
                lead: string | null;
                jump: {
                    /** Format: decimal */
                    after: string;
                    size: string | null;
                } | null;
            }[];
        };
        SimulationDetail: {
            id: number;
            title: string;
            note: string;
            scheme: string;
            scheme_title: string;
            period: string;
            base_kind: string;
            base_run: number | null;
            /** Format: date-time */
            known_at: string;
            engine: string;
            pack_hash: string;
            hash: string;
            /** Format: date-time */
            made_at: string;
            made_by: string;
            mine: boolean;
            shared: boolean;
            withdrawn: boolean;
            ask: unknown;
            summary: components["schemas"]["SimulationSummary"];
            holders: components["schemas"]["SimulationHolder"][];
        };
        SimulationHolder: {
            id: string;
            name: string;
            org: string;
            branch: string;
            before: {
                total: string | null;
                grade: string | null;
                place: number | null;
                reason: string;
            } | null;
            after: {
                total: string | null;
                grade: string | null;
                place: number | null;
                reason: string;
            } | null;
            change: string | null;
            pay?: {
                before: string | null;
                after: string | null;
                change: string | null;
            } | null;
            scores: {
                name: string;
                before: string | null;
                after: string | null;
            }[];
        };
        SimulationMargins: {
            levers: {
                id: string;
                title: string;
                unit: string;
            }[];
            lever: string;
            /** Format: decimal */
            by: string;
            items: {
                id: string;
                name: string;
                more: string | null;
                less: string | null;
                before: string | null;
            }[];
        };
        SimulationOptions: {
            title: string;
            base: {
                /** @enum {string} */
                kind: "sealed" | "published" | "disputed" | "draft" | "computed";
                run: number | null;
                run_hash: string;
                pack_hash: string;
                known_at: string | null;
            };
            parameters: {
                name: string;
                unit: string;
                value: unknown;
                number: boolean;
                /** @description by a formula of the scheme */
                used: boolean;
                article: string;
            }[];
            grades: {
                name: string;
                /** Format: decimal */
                at_least: string;
            }[];
            levers: {
                id: string;
                title: string;
                unit: string;
            }[];
            holders: {
                id: string;
                name: string;
            }[];
            items: {
                name: string;
                /** Format: decimal */
                weight: string;
                /** Format: decimal */
                full: string;
            }[];
            formulas: {
                name: string;
                kind: string;
                formula: string;
                article: string;
            }[];
            targets: {
                name: string;
                unit: string;
            }[];
            drafts: {
                id: number;
                title: string;
                revision: number;
                note: string;
                /** Format: date-time */
                changed_at: string;
                changed_by: string;
            }[];
            pay: {
                pack: string;
                title: string;
                parameters: {
                    name: string;
                    unit: string;
                    /** Format: decimal */
                    value: string;
                }[];
            }[];
        };
        SimulationSummary: {
            hash: string;
            headline: string;
            title: string;
            base: {
                /** @enum {string} */
                kind: "sealed" | "published" | "disputed" | "draft" | "computed";
                run: number | null;
                run_hash: string;
                pack_hash: string;
                known_at: string | null;
            };
            pack_hash: string;
            pay_pack_hash: string | null;
            engine: string;
            words: string[];
            notes: string[];
            steps: number;
            /** @description steps that were not evaluated again */
            reused: number;
            people: number;
            gainers: number;
            losers: number;
            same: number;
            appeared: number;
            gone: number;
            most: {
                id: string;
                name: string;
                change: string | null;
            } | null;
            least: {
                id: string;
                name: string;
                change: string | null;
            } | null;
            average: {
                before: string | null;
                after: string | null;
            };
            grade_changes: number;
            grades: {
                from: string;
                to: string;
                people: number;
            }[];
            spread: {
                from: number;
                to: number;
                before: number;
                after: number;
            }[];
            cost: {
                before: string | null;
                after: string | null;
                change: string | null;
            } | null;
        };
        SlipLine: {
            line: string;
            /** @enum {string} */
            kind: "应发" | "扣款" | "保证金" | "列示";
            /** @enum {string} */
            way: "本人" | "按日" | "合办" | "分池";
            /** Format: decimal */
            amount: string;
            /** @description PACK/DECISION */
            decision: string;
            part: string;
            result: unknown;
            cites: components["schemas"]["DecisionCite"][];
            inputs: {
                name: string;
                value: unknown;
                source: {
                    kind: string;
                };
            }[];
            /** @description stretches of days, shares of work, of a pool */
            parts: unknown[];
            error: {
                code: string;
                message: string;
                where: string;
            } | null;
        };
        SlipOf: {
            id: number;
            /** @description the appraisal */
            run: number;
            pack: string;
            pack_hash: string;
            title: string;
            scheme: string;
            period: string;
            /** Format: date */
            pay_on: string;
            /** @enum {string} */
            state: "draft" | "approved" | "paid" | "void";
            paid_at: string | null;
            staff: string;
            /** Format: decimal */
            earnings: string;
            /** Format: decimal */
            deductions: string;
            /** Format: decimal */
            deposit: string;
            /** Format: decimal */
            net: string;
        };
        SlipSummary: {
            staff: string;
            name: string;
            org: string;
            org_name: string;
            branch: string;
            branch_name: string;
            /** Format: decimal */
            earnings: string;
            /** Format: decimal */
            deductions: string;
            /** Format: decimal */
            deposit: string;
            /** Format: decimal */
            net: string;
            open: number;
        };
        Staff: {
            id: string;
            name: string;
            org: string;
            org_name: string;
            branch: string;
            position: string;
            education: string;
            title: string;
            credit_exam: string;
            hired_on: string | null;
            left_on: string | null;
            phone_masked: string;
            in_post: boolean;
        };
        Todo: {
            /** @description a number; a key while it waits in the program and nothing was done to it */
            id: string;
            /** @enum {string} */
            source: "duty" | "assigned" | "assessment" | "dispute" | "run" | "pay" | "deposit" | "grade" | "draft";
            title: string;
            subject: string;
            object: string;
            object_name: string;
            customer: string;
            org: string;
            org_name: string;
            assignee: string;
            assignee_name: string;
            /** @description false: one stands in for them, or it is the team's */
            own: boolean;
            /** @description null: as soon as possible */
            due: string | null;
            /** @description the day the rule names; due is its last working day */
            rule_day: string | null;
            /** @description until it is due; below 0 overdue */
            days: number | null;
            group: ("overdue" | "today" | "week" | "later") | null;
            priority: number;
            /** @enum {string} */
            state: "open" | "snoozed" | "done" | "fact" | "cancelled";
            note: string;
            link: string;
            snoozed_until: string | null;
            snooze_why: string;
            escalated: number;
            escalated_to: string | null;
            escalated_to_me: boolean;
            escalated_on: string | null;
            rule: {
                pack: string;
                duty: string;
                article: string;
                document: string;
                checklist: string;
                rules: string[];
            } | null;
            made_at: string | null;
            made_by: string;
            changed_at: string | null;
            changed_by: string;
            may: ("done" | "snooze" | "wake" | "hand" | "cancel" | "reopen")[];
        };
        TodoLoad: {
            /** @description "": nobody was found for them */
            staff: string;
            name: string | null;
            org: string;
            org_name: string;
            overdue: number;
            due_today: number;
            open: number;
            raised: number;
            oldest: string | null;
        };
        TodoPack: {
            pack: string;
            title: string;
            on: boolean;
            /** @description has a version in force: counts by itself */
            activated: boolean;
            by: string;
            duties: {
                duty: string;
                title: string;
                article: string;
            }[];
        };
        TodoSummary: {
            /** Format: date */
            today: string;
            overdue: number;
            /** @description with those that have no day */
            due_today: number;
            open: number;
            /** @description late ones of others, raised to one */
            raised: number;
            team_overdue: number;
            stands_in_for: {
                staff: string;
                name: string;
            }[];
            /** @description the day of the last night run */
            made_on: string | null;
            made_at: string | null;
        };
        TraceNode: {
            /** @description of a step; "" of a part of one */
            name: string;
            /** @description the formula */
            text: string;
            value: unknown;
            note: string;
            /** @description of the table's row that decided */
            line: number | null;
            table: boolean;
            rows: {
                row: number;
                line: number;
            }[];
            /** @description parts beyond what is kept */
            left_out: number;
            parts: components["schemas"]["TraceNode"][];
        };
        Transaction: {
            id: string;
            account: string;
            booked_at: string;
            /** Format: decimal */
            amount: string;
            balance_after: string | null;
            counter_name: string | null;
            counter_account_masked: string | null;
            kind: string;
            memo: string | null;
        };
        TrendPoint: {
            period: string;
            complete: boolean;
            total: string | null;
            grade: string | null;
            rank: {
                branch: {
                    place: number;
                    of: number;
                } | null;
                bank: {
                    place: number;
                    of: number;
                } | null;
            };
            scores: {
                [key: string]: string | null;
            };
            figures: {
                [key: string]: string | null;
            };
        };
        TrialCite: {
            rule_id: string;
            article: string;
            article_id: string | null;
            pack: string;
            document: string;
            table: string | null;
            row: number | null;
            note: string;
        };
        TriedRow: {
            /** @description of the sheet */
            row: number;
            input: unknown;
            result: unknown;
            /** @description ids of rules */
            cites: string[];
            error: {
                code: string;
                message: string;
                where: string;
            } | null;
        };
        TriedSheet: {
            /** @enum {string} */
            file: "xlsx" | "csv";
            columns: string[];
            results: string[];
            counts: {
                rows: number;
                answered: number;
                refused: number;
            };
            /** @description there are further rows, in the file */
            more: boolean;
            rows: components["schemas"]["TriedRow"][];
        };
        Verdict: {
            whole: boolean;
            records: number;
            head: {
                sequence: number;
                hash: string;
            };
            faults: {
                sequence: number;
                what: string;
            }[];
        };
        WorkshopAsk: {
            edit?: components["schemas"]["WorkshopEdit"] | null;
            scheme?: string;
            period: string;
            figures?: string[];
            holders?: string[];
            q?: string;
            limit?: number;
        };
        /** @description one of these */
        WorkshopEdit: {
            block?: {
                /** @enum {string} */
                kind: "measure" | "indicator" | "peer" | "score" | "scheme";
                name: string;
                /** @description as the pack writes them; null takes one out */
                keys: Record<string, never>;
                /** @description of something new: the document */
                path?: string;
                /** @description the line of the article's heading */
                heading?: number;
                /** @description instead: a new article at the end of the document */
                article?: {
                    title: string;
                    text: string;
                    locator?: string;
                } | null;
                /** @description prose that is to stand above the block */
                text?: string;
            };
            remove?: {
                /** @enum {string} */
                kind: "measure" | "indicator" | "peer" | "score" | "scheme" | "parameter" | "target";
                name: string;
            };
            parameter?: {
                name: string;
                value: unknown;
                unit?: string;
                from?: string | null;
                note?: string;
                to_confirm?: boolean;
                /** @description of something new: the document */
                path?: string;
                /** @description the line of the article's heading */
                heading?: number;
                /** @description instead: a new article at the end of the document */
                article?: {
                    title: string;
                    text: string;
                    locator?: string;
                } | null;
                /** @description prose that is to stand above the block */
                text?: string;
            };
            target?: {
                name: string;
                unit: string;
                /** @description that the rows stand for */
                periods: string[];
                rows: {
                    /** @enum {string} */
                    of: "全行" | "机构" | "员工";
                    id: string;
                    name: string;
                    /** @description by period */
                    values: {
                        [key: string]: string | null;
                    };
                }[];
                /** @description of something new: the document */
                path?: string;
                /** @description the line of the article's heading */
                heading?: number;
                /** @description instead: a new article at the end of the document */
                article?: {
                    title: string;
                    text: string;
                    locator?: string;
                } | null;
                /** @description prose that is to stand above the block */
                text?: string;
            };
        };
        WorkshopFacts: {
            facts: {
                name: string;
                feed: string;
                rows: number | null;
                columns: {
                    name: string;
                    feed: string;
                    /** @enum {string} */
                    kind: "text" | "choice" | "money" | "rate" | "quantity" | "integer" | "date" | "boolean";
                    choices: string[];
                    summable: boolean;
                    /** @description that there are, most frequent first */
                    values: {
                        value: string;
                        name: string;
                        count: number;
                    }[];
                }[];
                aggregates: string[];
                attributions: string[];
                daily_rule: boolean;
            }[];
            /** @description columns of who is appraised */
            staff: {
                name: string;
                feed: string;
                /** @enum {string} */
                kind: "text" | "choice" | "money" | "rate" | "quantity" | "integer" | "date" | "boolean";
                choices: string[];
                summable: boolean;
                /** @description that there are, most frequent first */
                values: {
                    value: string;
                    name: string;
                    count: number;
                }[];
            }[];
            units: string[];
            reaches: string[];
            /** Format: date */
            first_date: string;
            /** Format: date */
            last_date: string;
        };
        WorkshopModel: {
            draft: components["schemas"]["PolicyDraft"];
            findings: components["schemas"]["DraftFinding"][];
            documents: {
                path: string;
                title: string;
                articles: {
                    heading: number;
                    article: string;
                    title: string;
                }[];
            }[];
            elements: {
                kind: string;
                name: string;
                place: {
                    path: string;
                    line: number;
                    end_line: number;
                    heading: number;
                    article: string;
                    title: string;
                };
                text: string;
                /** @description as written; null: it cannot be read just now */
                keys: unknown;
            }[];
            figures: {
                kind: string;
                name: string;
                unit: string;
                own: boolean;
                article: string;
            }[];
            parameters: components["schemas"]["PolicyParameter"][];
            schemes: {
                name: string;
                title: string;
                holders: string;
                periods: string[];
                /** @description a decision scores it */
                decided: boolean;
                own: boolean;
            }[];
            targets: {
                name: string;
                unit: string;
                periods: {
                    period: string;
                    bank: {
                        rows: number;
                        /** Format: decimal */
                        sum: string;
                    } | null;
                    organisations: {
                        rows: number;
                        /** Format: decimal */
                        sum: string;
                    } | null;
                    staff: {
                        rows: number;
                        /** Format: decimal */
                        sum: string;
                    } | null;
                }[];
            }[];
            advice: {
                scheme: string;
                figure: string;
                rule: string;
                text: string;
            }[];
            builtins: {
                name: string;
                signature: string;
            }[];
        };
        WorkshopSplit: {
            name: string;
            period: string;
            scale: number;
            nodes: {
                of: string;
                id: string;
                name: string;
                parent: number;
                basis: string | null;
                locked: boolean;
                value: string | null;
                /** @description what it has more than those below it */
                difference: string | null;
                parts: {
                    [key: string]: string;
                };
            }[];
            notes: string[];
            /** @description years that their parts do not add up to */
            periods: {
                of: string;
                id: string;
                name: string;
                whole: string;
                parts: string;
                /** Format: decimal */
                difference: string;
            }[];
        };
        WorkshopSplitAsk: {
            name: string;
            unit: string;
            period: string;
            /** @enum {string} */
            way: "basis" | "heads" | "equal" | "hand";
            /** @description a measure: by its figures */
            basis?: string;
            basis_period?: string;
            /** @description whose holders; else every manager */
            scheme?: string;
            /**
             * @description into which a year is split further
             * @enum {string}
             */
            parts?: "" | "half-year" | "quarter" | "month";
            nodes?: {
                /** @enum {string} */
                of: "全行" | "机构" | "员工";
                id: string;
                value: string | null;
                locked?: boolean;
            }[];
        };
        WorkshopTargets: {
            periods: string[];
            rows: {
                of: string;
                id: string;
                name: string;
                values: {
                    [key: string]: string;
                };
            }[];
            wrong: {
                row: number;
                value: string;
                message: string;
            }[];
        };
        WorkshopTrial: {
            findings: components["schemas"]["DraftFinding"][];
            /** @description as the edit would write it */
            block: string;
            refused: {
                code: string;
                message: string;
                where: string;
                hint: string;
            } | null;
            values: {
                /** @description names what was tried, for its explanations */
                trial: string;
                scheme: string;
                period: string;
                columns: {
                    name: string;
                    unit: string;
                    /** @enum {string} */
                    kind: "measure" | "indicator" | "peer" | "score";
                    error: {
                        message: string;
                        hint: string;
                    } | null;
                    sum: string | null;
                    least: string | null;
                    most: string | null;
                    average: string | null;
                    without: number | null;
                }[];
                rows: {
                    holder: string;
                    name: string;
                    org_name: string;
                    values: {
                        value: string | null;
                        reason: string;
                        now: string | null;
                    }[];
                    total: string | null;
                    total_reason: string;
                    total_now: string | null;
                    grade: string | null;
                    grade_now: string | null;
                    place: number | null;
                    place_now: number | null;
                }[];
                /** @description holders in all */
                of: number;
                branches: {
                    org: string;
                    name: string;
                    count: number;
                }[];
                total: boolean;
                /** @description the version in force has this scheme */
                present: boolean;
            } | null;
            took_ms: number;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    get_scores_holder_report_html: {
        parameters: {
            query: {
                /** @description PACK/SCHEME, as /overview lists them */
                scheme: string;
                /** @description 2025, 2025H2, 2025Q4 or 2025-12 */
                period: string;
                /** @description a published appraisal; else what is computed now */
                run?: string;
            };
            header?: never;
            path: {
                holder: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 定量考核表 of one holder, to be printed on A4; recorded */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_scores_holder_report_xlsx: {
        parameters: {
            query: {
                /** @description PACK/SCHEME, as /overview lists them */
                scheme: string;
                /** @description 2025, 2025H2, 2025Q4 or 2025-12 */
                period: string;
                /** @description a published appraisal; else what is computed now */
                run?: string;
            };
            header?: never;
            path: {
                holder: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 定量考核表 of one holder as a workbook; recorded */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_ranking_report_html: {
        parameters: {
            query: {
                /** @description PACK/SCHEME, as /overview lists them */
                scheme: string;
                /** @description 2025, 2025H2, 2025Q4 or 2025-12 */
                period: string;
                /** @description a published appraisal; else what is computed now */
                run?: string;
                /** @description only holders of this branch */
                branch?: string;
                /** @description one table for each; else the bank's */
                by?: "bank" | "branch" | "position";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 排名表 of all in scope, to be printed on A4; recorded */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_ranking_report_xlsx: {
        parameters: {
            query: {
                /** @description PACK/SCHEME, as /overview lists them */
                scheme: string;
                /** @description 2025, 2025H2, 2025Q4 or 2025-12 */
                period: string;
                /** @description a published appraisal; else what is computed now */
                run?: string;
                /** @description only holders of this branch */
                branch?: string;
                /** @description one table for each; else the bank's */
                by?: "bank" | "branch" | "position";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 排名表 of all in scope as a workbook; recorded */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_assessment_plans_id_results_staff_report_html: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                staff: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 定性考核表 of one person, to be printed on A4; recorded */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_assessment_plans_id_results_staff_report_xlsx: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                staff: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 定性考核表 of one person as a workbook; recorded */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_grades_staff_report_html: {
        parameters: {
            query: {
                /** @description whose grades: one of /grade-plans */
                pack: string;
            };
            header?: never;
            path: {
                staff: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 等级评定表 of one person, to be printed on A4; recorded */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_grades_staff_report_xlsx: {
        parameters: {
            query: {
                /** @description whose grades: one of /grade-plans */
                pack: string;
            };
            header?: never;
            path: {
                staff: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 等级评定表 of one person as a workbook; recorded */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_pay_runs_id_slips_staff_report_html: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                staff: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 工资条 of one person, to be printed on A4; recorded */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_pay_runs_id_slips_staff_report_xlsx: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                staff: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 工资条 of one person as a workbook; recorded */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_session: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description who am I */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_session: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    login: string;
                    password: string;
                };
            };
        };
        responses: {
            /** @description log in */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_session: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description log out */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_session_password: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    old_password: string;
                    new_password: string;
                };
            };
        };
        responses: {
            /** @description change one's own password */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_session_preferences: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description language, theme, unit */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Preferences"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_session_preferences: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    language?: "zh" | "en";
                    /** @enum {string} */
                    theme?: "auto" | "light" | "dark";
                    /** @enum {string} */
                    unit?: "yuan" | "wan";
                };
            };
        };
        responses: {
            /** @description keep language, theme, unit */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Preferences"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_overview: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description bank, business date, schemes with their periods */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Overview"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_search: {
        parameters: {
            query: {
                /** @description what is typed */
                q: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description customers, accounts, staff by name, pinyin initials, number */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["SearchHit"][];
                    };
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_scores_holder: {
        parameters: {
            query: {
                /** @description PACK/SCHEME, as /overview lists them */
                scheme: string;
                /** @description 2025, 2025H2, 2025Q4 or 2025-12 */
                period: string;
            };
            header?: never;
            path: {
                holder: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description score sheet of one holder */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScoreSheet"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_scores_holder_trend: {
        parameters: {
            query: {
                /** @description PACK/SCHEME, as /overview lists them */
                scheme: string;
                /** @description 2025, 2025H2, 2025Q4 or 2025-12 */
                period: string;
                /** @description else that of the period */
                kind?: "month" | "quarter" | "half-year" | "year";
                /** @description 1 to 36, else 8 */
                count?: number;
            };
            header?: never;
            path: {
                holder: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the last periods: total, rank, per score */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["TrendPoint"][];
                    };
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_scores_holder_explain: {
        parameters: {
            query: {
                /** @description PACK/SCHEME, as /overview lists them */
                scheme: string;
                /** @description 2025, 2025H2, 2025Q4 or 2025-12 */
                period: string;
                /** @description else 总分 */
                figure?: string;
                /** @description accounts and events under a measure, 1 to 2000, else 50 */
                limit?: number;
            };
            header?: never;
            path: {
                holder: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the tree under a figure, score or 总分 */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExplainNode"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_rows_date_file_line_moved: {
        parameters: {
            query: {
                /** @description PACK/SCHEME, as /overview lists them */
                scheme: string;
                /** @description 2025, 2025H2, 2025Q4 or 2025-12 */
                period: string;
            };
            header?: never;
            path: {
                date: string;
                file: string;
                line: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the figures a row of the feed moved */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExplainNode"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_ranking: {
        parameters: {
            query: {
                /** @description PACK/SCHEME, as /overview lists them */
                scheme: string;
                /** @description 2025, 2025H2, 2025Q4 or 2025-12 */
                period: string;
                /** @description only holders of this branch */
                branch?: string;
                /** @description only holders of this organisation */
                org?: string;
                /** @description from 1 */
                page?: number;
                /** @description 1 to 500, else 50 */
                page_size?: number;
                /** @description names with - for descending: -total,name */
                sort?: string;
                /** @description free text */
                q?: string;
                /** @description only these members of each item */
                fields?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description holders with every figure and score, best first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["RankingItem"][];
                        total: number;
                        page: number;
                        page_size: number;
                        title: string;
                        scheme: string;
                        period: string;
                        /** Format: decimal */
                        full_total: string;
                        run_hash: string;
                        columns: components["schemas"]["RankingColumn"][];
                    };
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_ranking_xlsx: {
        parameters: {
            query: {
                /** @description PACK/SCHEME, as /overview lists them */
                scheme: string;
                /** @description 2025, 2025H2, 2025Q4 or 2025-12 */
                period: string;
                /** @description only holders of this branch */
                branch?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the ranking as a file: all rows in scope */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_board: {
        parameters: {
            query: {
                /** @description PACK/SCHEME, as /overview lists them */
                scheme: string;
                /** @description 2025, 2025H2, 2025Q4 or 2025-12 */
                period: string;
                /** @description else the top of what one sees */
                org?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description totals, growth, plans, distribution, movers of an organisation */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Board"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_runs: {
        parameters: {
            query?: {
                /** @description PACK/SCHEME */
                scheme?: string;
                period?: string;
                state?: "draft" | "published" | "disputed" | "sealed";
                /** @description from 1 */
                page?: number;
                /** @description 1 to 500, else 50 */
                page_size?: number;
                /** @description names with - for descending: -total,name */
                sort?: string;
                /** @description free text */
                q?: string;
                /** @description only these members of each item */
                fields?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description appraisals that are kept, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Run"][];
                        total: number;
                        page: number;
                        page_size: number;
                    };
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_runs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description PACK/SCHEME, as /overview lists them */
                    scheme: string;
                    /** @description 2025, 2025H2, 2025Q4 or 2025-12 */
                    period: string;
                    /** @description as it was known then; else as it is known now */
                    known_at?: string | null;
                };
            };
        };
        responses: {
            /** @description appraises a scheme for a period and keeps the run, as guanhu appraise does */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_runs_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description one run: that its parts add up, what readers must know */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunDetail"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_runs_id_life: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description who did what with a run, when and why; whether it can be sealed */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunLife"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_runs_id_publish: {
        parameters: {
            query?: {
                /** @description done as a job: the answer is the job */
                as?: "job";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description why; kept with the step */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description shows a draft to the people it is about, after making it again */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunLife"];
                };
            };
            /** @description with as=job */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_runs_id_propose_seal: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description why; kept with the step */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description the first of the two signatures of a seal */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunLife"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_runs_id_seal: {
        parameters: {
            query?: {
                /** @description done as a job: the answer is the job */
                as?: "job";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description why; kept with the step */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description the second signature, by somebody else: nothing changes any more */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunLife"];
                };
            };
            /** @description with as=job */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_runs_id_verify: {
        parameters: {
            query?: {
                /** @description done as a job: the answer is the job */
                as?: "job";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description whether a sealed run is still what was sealed: texts, root, audit record, and made again */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SealVerdict"];
                };
            };
            /** @description with as=job */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_differences: {
        parameters: {
            query?: {
                /** @description from 1 */
                page?: number;
                /** @description 1 to 500, else 50 */
                page_size?: number;
                /** @description names with - for descending: -total,name */
                sort?: string;
                /** @description free text */
                q?: string;
                /** @description only these members of each item */
                fields?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description difference statements by facts that came after a seal, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Difference"][];
                        total: number;
                        page: number;
                        page_size: number;
                    };
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_differences: {
        parameters: {
            query?: {
                /** @description done as a job: the answer is the job */
                as?: "job";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    later_run: number;
                    into_period: string;
                    reason: string;
                };
            };
        };
        responses: {
            /** @description states what a later run knows more than was counted, to be carried into a later period */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DifferenceDetail"];
                };
            };
            /** @description with as=job */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_differences_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description one statement with its lines, of holders in reach */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DifferenceDetail"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_results: {
        parameters: {
            query?: {
                run?: number;
                holder?: string;
                /** @description PACK/SCHEME */
                scheme?: string;
                period?: string;
                state?: "published" | "disputed" | "sealed";
                /** @description from 1 */
                page?: number;
                /** @description 1 to 500, else 50 */
                page_size?: number;
                /** @description names with - for descending: -total,name */
                sort?: string;
                /** @description free text */
                q?: string;
                /** @description only these members of each item */
                fields?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description published results in reach, newest first; without run or holder those of the last 12 runs */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Result"][];
                        total: number;
                        page: number;
                        page_size: number;
                    };
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_results_run_holder: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                run: string;
                holder: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description one published result: figures, scores, disputes, what was corrected and carried in */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ResultDetail"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_results_run_holder_statement: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                run: string;
                holder: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the statement of a sealed result: one page that opens offline; recorded */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_results_run_holder_receipt: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                run: string;
                holder: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the proof that a result is part of its sealed run */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Receipt"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_disputes: {
        parameters: {
            query?: {
                run?: number;
                state?: "open" | "upheld" | "adjusted" | "rejected" | "withdrawn";
                holder?: string;
                /** @description from 1 */
                page?: number;
                /** @description 1 to 500, else 50 */
                page_size?: number;
                /** @description names with - for descending: -total,name */
                sort?: string;
                /** @description free text */
                q?: string;
                /** @description only these members of each item */
                fields?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description disputes of results in reach, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Dispute"][];
                        total: number;
                        page: number;
                        page_size: number;
                    };
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_disputes: {
        parameters: {
            query?: {
                /** @description done as a job: the answer is the job */
                as?: "job";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    run: number;
                    /** @description an organisation one heads; else oneself */
                    holder?: string;
                    figure: string;
                    /** Format: decimal */
                    claimed: string;
                    reason: string;
                    documents?: {
                        title: string;
                        reference: string;
                    }[];
                };
            };
        };
        responses: {
            /** @description disputes a figure of one's own published result; what it would change is computed at once */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Dispute"];
                };
            };
            /** @description with as=job */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_disputes_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description one dispute with what it would change */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Dispute"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_disputes_id_withdraw: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description takes back one's own open dispute */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Dispute"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_disputes_id_review: {
        parameters: {
            query?: {
                /** @description done as a job: the answer is the job */
                as?: "job";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                    documents?: {
                        title: string;
                        reference: string;
                    }[];
                };
            };
        };
        responses: {
            /** @description brings one's own rejected dispute once more, before somebody else */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Dispute"];
                };
            };
            /** @description with as=job */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_disputes_id_decide: {
        parameters: {
            query?: {
                /** @description done as a job: the answer is the job */
                as?: "job";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    outcome: "upheld" | "adjusted" | "rejected";
                    /**
                     * Format: decimal
                     * @description of an adjusted one
                     */
                    value?: string;
                    reason: string;
                };
            };
        };
        responses: {
            /** @description decides; what is granted makes a corrected draft of the run */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Dispute"];
                };
            };
            /** @description with as=job */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_assessment_templates: {
        parameters: {
            query?: {
                /** @description from 1 */
                page?: number;
                /** @description 1 to 500, else 50 */
                page_size?: number;
                /** @description names with - for descending: -total,name */
                sort?: string;
                /** @description free text */
                q?: string;
                /** @description only these members of each item */
                fields?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description forms that packs define, as they are in force */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["AssessmentTemplate"][];
                        total: number;
                        page: number;
                        page_size: number;
                    };
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_assessment_plans: {
        parameters: {
            query?: {
                state?: "draft" | "approved" | "running" | "closed" | "reported";
                period?: string;
                /** @description from 1 */
                page?: number;
                /** @description 1 to 500, else 50 */
                page_size?: number;
                /** @description names with - for descending: -total,name */
                sort?: string;
                /** @description free text */
                q?: string;
                /** @description only these members of each item */
                fields?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description plans of qualitative appraisal, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["AssessmentPlan"][];
                        total: number;
                        page: number;
                        page_size: number;
                    };
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_assessment_plans: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AssessmentSpec"];
            };
        };
        responses: {
            /** @description makes a plan: a draft */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AssessmentPlanWhole"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_assessment_plans_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description one plan with everything it says */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AssessmentPlanWhole"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_assessment_plans_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description as it was read */
                    revision: number;
                    spec: components["schemas"]["AssessmentSpec"];
                };
            };
        };
        responses: {
            /** @description changes a draft */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AssessmentPlanWhole"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_assessment_plans_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description drops a plan that has not started */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_assessment_plans_id_preview: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description who would assess whom if it started now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AssessmentPreview"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_assessment_plans_id_approve: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description as it was read */
                    revision: number;
                };
            };
        };
        responses: {
            /** @description approves somebody else's draft; it starts when its time comes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AssessmentPlanWhole"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_assessment_plans_id_return: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description why */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description gives a plan that has not started back to its maker */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AssessmentPlanWhole"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_assessment_plans_id_close: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description closes a plan: everything is handed in, or the deadline has passed */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AssessmentPlanWhole"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_assessment_plans_id_report: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description lets those assessed see their results, and records the totals for schemes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AssessmentPlanWhole"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_assessment_plans_id_remind: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description reminds everybody who has forms to hand in; at most once an hour */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        assessors: number;
                        forms: number;
                    };
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_assessment_plans_id_progress: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description who has handed in how many forms; who stepped aside, handed on, took back */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AssessmentProgress"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_assessment_plans_id_results: {
        parameters: {
            query?: {
                /** @description only people of this branch */
                branch?: string;
                /** @description from 1 */
                page?: number;
                /** @description 1 to 500, else 50 */
                page_size?: number;
                /** @description names with - for descending: -total,name */
                sort?: string;
                /** @description free text */
                q?: string;
                /** @description only these members of each item */
                fields?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description results of those in scope, once they are reported */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["AssessmentResult"][];
                        total: number;
                        page: number;
                        page_size: number;
                        average: string | null;
                        counted: number;
                    };
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_assessment_plans_id_results_staff: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                staff: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description one person's result */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AssessmentResultWhole"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_assessment_plans_id_report_xlsx: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the results of those in scope as a file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_assessment_plans_id_quality: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description how assessors judge: leniency, halo, reciprocity, forms all alike, late and missing ones */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AssessmentQuality"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_assessment_forms: {
        parameters: {
            query?: {
                /** @description from 1 */
                page?: number;
                /** @description 1 to 500, else 50 */
                page_size?: number;
                /** @description names with - for descending: -total,name */
                sort?: string;
                /** @description free text */
                q?: string;
                /** @description only these members of each item */
                fields?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description one's own forms of running plans: those to fill in first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["AssessmentSheet"][];
                        total: number;
                        page: number;
                        page_size: number;
                        waiting: number;
                    };
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_assessment_forms_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description one of one's own forms */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AssessmentSheetWhole"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_assessment_forms_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description as it was read */
                    revision: number;
                    /** @description entry key -> a mark, or "skip" */
                    marks: {
                        [key: string]: string;
                    };
                    remark?: string;
                };
            };
        };
        responses: {
            /** @description keeps what is filled in so far */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AssessmentSheetWhole"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_assessment_forms_id_submit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description as it was read */
                    revision: number;
                };
            };
        };
        responses: {
            /** @description hands it in */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AssessmentSheetWhole"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_assessment_forms_id_withdraw: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description why */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description takes it back before the deadline */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AssessmentSheetWhole"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_assessment_forms_id_delegate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    to: string;
                    reason: string;
                };
            };
        };
        responses: {
            /** @description hands it on to a colleague */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_assessment_forms_id_recuse: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description why */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description steps aside; the next in line takes the place */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_relations: {
        parameters: {
            query?: {
                /** @description from 1 */
                page?: number;
                /** @description 1 to 500, else 50 */
                page_size?: number;
                /** @description names with - for descending: -total,name */
                sort?: string;
                /** @description free text */
                q?: string;
                /** @description only these members of each item */
                fields?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description declared relatives: one's own, or everybody's */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Relation"][];
                        total: number;
                        page: number;
                        page_size: number;
                    };
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_relations: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description else oneself */
                    staff_id?: string;
                    other: string;
                    /** @enum {string} */
                    kind: "spouse" | "parent" | "child" | "sibling" | "other";
                    note?: string;
                };
            };
        };
        responses: {
            /** @description declares that two members of staff are relatives */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Relation"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_relations_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description ends a declared relation */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_grade_plans: {
        parameters: {
            query?: {
                /** @description from 1 */
                page?: number;
                /** @description 1 to 500, else 50 */
                page_size?: number;
                /** @description names with - for descending: -total,name */
                sort?: string;
                /** @description free text */
                q?: string;
                /** @description only these members of each item */
                fields?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description packs that say which grades there are and who decides */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["GradePlan"][];
                        total: number;
                        page: number;
                        page_size: number;
                    };
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_grades: {
        parameters: {
            query: {
                /** @description whose grades: one of /grade-plans */
                pack: string;
                branch?: string;
                grade?: string;
                /** @description from 1 */
                page?: number;
                /** @description 1 to 500, else 50 */
                page_size?: number;
                /** @description names with - for descending: -total,name */
                sort?: string;
                /** @description free text */
                q?: string;
                /** @description only these members of each item */
                fields?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description who holds which grade today */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["GradeHolder"][];
                        total: number;
                        page: number;
                        page_size: number;
                        pack: string;
                        scale: string[];
                        trainees: string[];
                        none: string;
                    };
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_grades_staff: {
        parameters: {
            query: {
                /** @description whose grades: one of /grade-plans */
                pack: string;
            };
            header?: never;
            path: {
                staff: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description one person's grades: history, qualifications, proposals, appeals */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GradeFile"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_grades_staff_authority: {
        parameters: {
            query: {
                /** @description whose grades: one of /grade-plans */
                pack: string;
                /** @description 元 */
                amount: string;
            };
            header?: never;
            path: {
                staff: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description what the grade held may lend */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GradeAuthority"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_grade_proposals: {
        parameters: {
            query?: {
                pack?: string;
                state?: "listed" | "waiting" | "proposed" | "accepted" | "rejected" | "superseded";
                staff?: string;
                batch?: string;
                /** @description from 1 */
                page?: number;
                /** @description 1 to 500, else 50 */
                page_size?: number;
                /** @description names with - for descending: -total,name */
                sort?: string;
                /** @description free text */
                q?: string;
                /** @description only these members of each item */
                fields?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description proposals, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["GradeProposal"][];
                        total: number;
                        page: number;
                        page_size: number;
                    };
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_grade_proposals: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    pack: string;
                    staff: string;
                    grade: string;
                    /** Format: date */
                    from: string;
                    reason: string;
                    document: string;
                    /** @description else by the scale */
                    change?: string;
                    /** @description a step of the history */
                    corrects?: number | null;
                };
            };
        };
        responses: {
            /** @description proposes a grade for one person, or a correction of the history */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GradeProposal"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_grade_proposals_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description one proposal with the rule that moves it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GradeProposal"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_grade_proposals_compute: {
        parameters: {
            query?: {
                /** @description done as a job: the answer is the job */
                as?: "job";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    pack: string;
                    /** @description the appraisal */
                    run: number;
                    /**
                     * Format: date
                     * @description 评定日期
                     */
                    on: string;
                    /**
                     * Format: date
                     * @description when the grades shall hold; else `on`
                     */
                    from?: string;
                };
            };
        };
        responses: {
            /** @description asks the pack what everybody of an appraisal ought to become */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GradeBatch"];
                };
            };
            /** @description with as=job */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_grade_proposals_id_decide: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    accept: boolean;
                    reason: string;
                    /** @description needed to accept */
                    document?: string;
                    /** Format: date */
                    from?: string;
                };
            };
        };
        responses: {
            /** @description decides somebody else's proposal about somebody else */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GradeProposal"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_grade_proposals_id_appeal: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description appeals against the decision on one's own grade */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GradeAppeal"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_grade_appeals_id_decide: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    grade?: string;
                    reason: string;
                    document?: string;
                };
            };
        };
        responses: {
            /** @description decides an appeal; without a grade the decision stands */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GradeAppeal"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_grades_staff_career: {
        parameters: {
            query: {
                /** @description whose grades: one of /grade-plans */
                pack: string;
            };
            header?: never;
            path: {
                staff: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description grades from when to when with the appraisal that moved each; titles, coaching, training */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GradeCareer"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_grades_staff_records: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                staff: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    kind: "award" | "coaching" | "training";
                    name: string;
                    value: unknown;
                    /** Format: date */
                    from: string;
                    to?: string | null;
                    document: string;
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description records praise, coaching or training of somebody else */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PeopleFact"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_grades_staff_records_id_withdraw: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                staff: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description withdraws what was recorded wrongly */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_grade_appeals: {
        parameters: {
            query?: {
                state?: "open" | "upheld" | "rejected";
                /** @description from 1 */
                page?: number;
                /** @description 1 to 500, else 50 */
                page_size?: number;
                /** @description names with - for descending: -total,name */
                sort?: string;
                /** @description free text */
                q?: string;
                /** @description only these members of each item */
                fields?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description appeals against decisions on grades, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["GradeAppealItem"][];
                        total: number;
                        page: number;
                        page_size: number;
                    };
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_people_facts: {
        parameters: {
            query?: {
                of?: "staff" | "org" | "bank";
                subject?: string;
                kind?: string;
                name?: string;
                /** @description true: with those that were withdrawn */
                withdrawn?: "true" | "false";
                /** @description from 1 */
                page?: number;
                /** @description 1 to 500, else 50 */
                page_size?: number;
                /** @description names with - for descending: -total,name */
                sort?: string;
                /** @description free text */
                q?: string;
                /** @description only these members of each item */
                fields?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description recorded facts: certificates, exams, base pay, coefficients */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["PeopleFact"][];
                        total: number;
                        page: number;
                        page_size: number;
                    };
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_people_facts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description names and values must fit its decisions */
                    pack?: string;
                    facts: {
                        /** @enum {string} */
                        of: "staff" | "org" | "bank";
                        subject?: string;
                        /** @enum {string} */
                        kind: "certificate" | "exam" | "years" | "title" | "confirmation" | "discipline" | "pay" | "other";
                        name: string;
                        value: unknown;
                        /** Format: date */
                        from: string;
                        to?: string | null;
                        document: string;
                        reason?: string;
                    }[];
                };
            };
        };
        responses: {
            /** @description records facts, all or none */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        recorded: number;
                    };
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_people_facts_id_withdraw: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description withdraws a fact that was recorded wrongly */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_pay_joint: {
        parameters: {
            query: {
                pack: string;
                from?: string;
                to?: string;
                /** @description from 1 */
                page?: number;
                /** @description 1 to 500, else 50 */
                page_size?: number;
                /** @description names with - for descending: -total,name */
                sort?: string;
                /** @description free text */
                q?: string;
                /** @description only these members of each item */
                fields?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description work done together that is paid once and shared */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["JointWork"][];
                        total: number;
                        page: number;
                        page_size: number;
                    };
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_pay_joint: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    pack: string;
                    line: string;
                    title: string;
                    document: string;
                    /** Format: date */
                    on: string;
                    input: Record<string, never>;
                    /** @description weights are days; else shares that add up to 1 */
                    days?: boolean;
                    shares: {
                        staff: string;
                        /** Format: decimal */
                        weight: string;
                    }[];
                };
            };
        };
        responses: {
            /** @description records work done together */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JointWork"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_pay_joint_id_withdraw: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description withdraws what was recorded wrongly */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_pay_plans: {
        parameters: {
            query?: {
                /** @description from 1 */
                page?: number;
                /** @description 1 to 500, else 50 */
                page_size?: number;
                /** @description names with - for descending: -total,name */
                sort?: string;
                /** @description free text */
                q?: string;
                /** @description only these members of each item */
                fields?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description packs that say how to pay: lines, and what must be recorded */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["PayPlan"][];
                        total: number;
                        page: number;
                        page_size: number;
                    };
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_pay_runs: {
        parameters: {
            query?: {
                state?: "draft" | "approved" | "paid" | "void";
                /** @description from 1 */
                page?: number;
                /** @description 1 to 500, else 50 */
                page_size?: number;
                /** @description names with - for descending: -total,name */
                sort?: string;
                /** @description free text */
                q?: string;
                /** @description only these members of each item */
                fields?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description pay runs, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["PayRun"][];
                        total: number;
                        page: number;
                        page_size: number;
                    };
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_pay_runs: {
        parameters: {
            query?: {
                /** @description done as a job: the answer is the job */
                as?: "job";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    pack: string;
                    /** @description the appraisal */
                    run: number;
                    /**
                     * Format: date
                     * @description 发放日期
                     */
                    pay_on: string;
                    /** @description the pack whose grades count; else the same */
                    grades?: string;
                };
            };
        };
        responses: {
            /** @description works out pay by a published appraisal; an earlier draft of it is void */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PayRunWhole"];
                };
            };
            /** @description with as=job */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_pay_runs_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description one pay run: sums of the lines, pools, what is open */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PayRunWhole"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_pay_runs_id_approve: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description approves somebody else's pay run */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PayRunWhole"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_pay_runs_id_paid: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description the payment order */
                    document: string;
                };
            };
        };
        responses: {
            /** @description says that it was paid; deposits are booked */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PayRunWhole"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_pay_runs_id_void: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description a draft or approved run that shall not be paid */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PayRunWhole"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_pay_runs_id_slips: {
        parameters: {
            query?: {
                /** @description from 1 */
                page?: number;
                /** @description 1 to 500, else 50 */
                page_size?: number;
                /** @description names with - for descending: -total,name */
                sort?: string;
                /** @description free text */
                q?: string;
                /** @description only these members of each item */
                fields?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description everybody's sums in a pay run */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["SlipSummary"][];
                        total: number;
                        page: number;
                        page_size: number;
                    };
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_pay_runs_id_export_xlsx: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description for payroll, with control totals */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_pay_runs_id_export_csv: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the same as text; no cell begins a formula */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_pay_runs_id_slips_staff: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                staff: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description a payslip: every line with its decision, articles and inputs */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Payslip"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_pay_slips: {
        parameters: {
            query?: {
                staff?: string;
                /** @description from 1 */
                page?: number;
                /** @description 1 to 500, else 50 */
                page_size?: number;
                /** @description names with - for descending: -total,name */
                sort?: string;
                /** @description free text */
                q?: string;
                /** @description only these members of each item */
                fields?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description one's own approved and paid slips, or those of somebody in reach */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["SlipOf"][];
                        total: number;
                        page: number;
                        page_size: number;
                    };
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_pay_runs_id_slips_staff_explain: {
        parameters: {
            query?: {
                /** @description a line, 应发合计, 扣款合计, 保证金合计, else 实发 */
                line?: string;
            };
            header?: never;
            path: {
                id: string;
                staff: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the tree under a line of a payslip: formula, article, inputs, down to source rows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExplainNode"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_pay_runs_id_compare: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description a pay run by line, branch and person beside the one before it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PayComparison"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_pay_runs_id_corrections: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description what an approved or paid run would be with what is known now: to be made good in the next */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PayCorrections"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_deposits: {
        parameters: {
            query?: {
                fund?: "deposit" | "liability" | "compensation";
                /** @description from 1 */
                page?: number;
                /** @description 1 to 500, else 50 */
                page_size?: number;
                /** @description names with - for descending: -total,name */
                sort?: string;
                /** @description free text */
                q?: string;
                /** @description only these members of each item */
                fields?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description accounts of risk deposits */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["DepositAccount"][];
                        total: number;
                        page: number;
                        page_size: number;
                    };
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_deposits_balance: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description what all accounts add up to, on people's side and the bank's; what does not */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DepositBalance"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_deposits_coming: {
        parameters: {
            query?: {
                /** @description else that by which was withheld last */
                pack?: string;
                /** @description 1 to 120, else 12 */
                months?: number;
                /** @description from 1 */
                page?: number;
                /** @description 1 to 500, else 50 */
                page_size?: number;
                /** @description names with - for descending: -total,name */
                sort?: string;
                /** @description free text */
                q?: string;
                /** @description only these members of each item */
                fields?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description which lots come back when, by the rules and what is recorded today */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ComingRelease"][];
                        total: number;
                        page: number;
                        page_size: number;
                    };
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_deposits_staff: {
        parameters: {
            query?: {
                fund?: "deposit" | "liability" | "compensation";
            };
            header?: never;
            path: {
                staff: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the statement of one account: every booking, and what is still there of which */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DepositStatement"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_deposit_orders: {
        parameters: {
            query?: {
                state?: "proposed" | "booked" | "rejected";
                kind?: string;
                /** @description from 1 */
                page?: number;
                /** @description 1 to 500, else 50 */
                page_size?: number;
                /** @description names with - for descending: -total,name */
                sort?: string;
                /** @description free text */
                q?: string;
                /** @description only these members of each item */
                fields?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description what was proposed for deposits, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["DepositOrder"][];
                        total: number;
                        page: number;
                        page_size: number;
                    };
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_deposit_orders: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    kind: "release" | "interest" | "draw" | "return" | "pay_in" | "reverse";
                    /** @description whose decisions are asked; not of pay_in and reverse */
                    pack?: string;
                    /** Format: date */
                    on: string;
                    document: string;
                    reason: string;
                    /** @description of a draw: the loan */
                    subject?: string;
                    /**
                     * Format: date
                     * @description of interest: the first day
                     */
                    from?: string;
                    /**
                     * Format: decimal
                     * @description of a draw: the loss; of pay_in
                     */
                    amount?: string;
                    liable?: {
                        staff: string;
                        role: string;
                        /** Format: decimal */
                        share: string;
                    }[];
                    staff?: string;
                    /** @enum {string} */
                    fund?: "deposit" | "liability" | "compensation";
                    /** @description what is reversed */
                    booking?: number;
                };
            };
        };
        responses: {
            /** @description proposes interest, release, a draw for a loss, a return, a payment or a reversal */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DepositOrder"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_deposit_orders_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description one order with the decisions it rests on */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DepositOrder"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_deposit_orders_id_decide: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    accept: boolean;
                    reason: string;
                };
            };
        };
        responses: {
            /** @description books or rejects somebody else's order, whole or not at all */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DepositOrder"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_risk_findings: {
        parameters: {
            query?: {
                period?: string;
                kind?: "spike" | "in_out" | "loan_return" | "circle" | "split";
                state?: "open" | "accepted" | "dismissed";
                /** @description whose figures it touches */
                manager?: string;
                customer?: string;
                /** @description also what the last search no longer saw */
                gone?: boolean;
                /** @description from 1 */
                page?: number;
                /** @description 1 to 500, else 50 */
                page_size?: number;
                /** @description names with - for descending: -total,name */
                sort?: string;
                /** @description free text */
                q?: string;
                /** @description only these members of each item */
                fields?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description what the last searches found, in reach, the latest day first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["RiskFinding"][];
                        total: number;
                        page: number;
                        page_size: number;
                    };
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_risk_findings_id: {
        parameters: {
            query?: {
                /** @description else the last one it was seen in */
                period?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description one finding: its rows in the order of time, figures without it, decisions */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RiskFindingDetail"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_risk_scans: {
        parameters: {
            query?: {
                /** @description from 1 */
                page?: number;
                /** @description 1 to 500, else 50 */
                page_size?: number;
                /** @description names with - for descending: -total,name */
                sort?: string;
                /** @description free text */
                q?: string;
                /** @description only these members of each item */
                fields?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the last search of each period and kind */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["RiskScan"][];
                        total: number;
                        page: number;
                        page_size: number;
                    };
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_risk_scans: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description 2025, 2025H2, 2025Q4 or 2025-12 */
                    period: string;
                    /** @description none: all */
                    kinds?: ("spike" | "in_out" | "loan_return" | "circle" | "split")[];
                };
            };
        };
        responses: {
            /** @description searches a period anew, as guanhu risk scan does; decisions stay */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_risk_findings_id_decision: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description accepted: it does not count; dismissed: it does; open: look again
                     * @enum {string}
                     */
                    state: "open" | "accepted" | "dismissed";
                    reason: string;
                };
            };
        };
        responses: {
            /** @description whether the money counts: by a person whose figures it does not touch; recorded */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RiskFindingDetail"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_simulations_options: {
        parameters: {
            query: {
                /** @description PACK/SCHEME */
                scheme: string;
                /** @description 2025Q4 */
                period: string;
                /** @description a kept run; else the one in force */
                base?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description what a simulation of a scheme and period may change, and with what it is compared */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SimulationOptions"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_simulations_preview: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SimulationAsk"];
            };
        };
        responses: {
            /** @description what a change would do, without keeping it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        summary: components["schemas"]["SimulationSummary"];
                        movers: components["schemas"]["SimulationHolder"][];
                    };
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_simulations: {
        parameters: {
            query?: {
                /** @description PACK/SCHEME */
                scheme?: string;
                period?: string;
                /** @description from 1 */
                page?: number;
                /** @description 1 to 500, else 50 */
                page_size?: number;
                /** @description names with - for descending: -total,name */
                sort?: string;
                /** @description free text */
                q?: string;
                /** @description only these members of each item */
                fields?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description kept simulations: one's own and those that are shared, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Simulation"][];
                        total: number;
                        page: number;
                        page_size: number;
                    };
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_simulations: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SimulationAsk"];
            };
        };
        responses: {
            /** @description simulates and keeps it with all its inputs */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Simulation"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_simulations_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description one with everyone in reach, before and after */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SimulationDetail"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_simulations_id_margins: {
        parameters: {
            query?: {
                /** @description deposit, loan or a figure; else the first */
                lever?: string;
                /** @description the step, in the lever's unit; else 1 */
                by?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description what one more is worth to each manager, exact */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SimulationMargins"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_simulations_id_cliffs: {
        parameters: {
            query?: {
                /** @description deposit, loan or a figure; else the first */
                lever?: string;
                /** @description looked no further than this; else 100000000 */
                most?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description how far each stands from the next grade, and how much of something reaches it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SimulationCliffs"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_simulations_id_explain_holder: {
        parameters: {
            query?: {
                /** @description else 总分 */
                figure?: string;
                /** @description 1 to 2000, else 50 */
                limit?: number;
            };
            header?: never;
            path: {
                id: string;
                holder: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the tree under a simulated figure, score or 总分 */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExplainNode"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_simulations_id_share: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    shared: boolean;
                };
            };
        };
        responses: {
            /** @description shows it to everyone who may read simulations, or no longer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Simulation"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_simulations_id_withdraw: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description takes it out of the list; it stays for audit */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Simulation"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_simulations_id_again: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description makes it again from what is kept, and says whether it comes to the same */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        same: boolean;
                        kept: string;
                        now: string;
                    };
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_scores_holder_what_if: {
        parameters: {
            query: {
                /** @description PACK/SCHEME, as /overview lists them */
                scheme: string;
                /** @description 2025, 2025H2, 2025Q4 or 2025-12 */
                period: string;
                /** @description deposit, loan or a figure; else all */
                lever?: string;
                /** @description how much more, in the figure's unit; else what is usual */
                by?: string;
            };
            header?: never;
            path: {
                holder: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description what more of each figure would change for one holder */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        next: string | null;
                        missing: string | null;
                        items: {
                            id: string;
                            title: string;
                            unit: string;
                            /** Format: decimal */
                            by: string;
                            change: string | null;
                            total: string | null;
                            grade: string | null;
                            place: number | null;
                            /** @description the least that reaches the next grade */
                            need: string | null;
                        }[];
                    };
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_imports: {
        parameters: {
            query?: {
                state?: "applied" | "replaced" | "refused";
                /** @description from 1 */
                page?: number;
                /** @description 1 to 500, else 50 */
                page_size?: number;
                /** @description names with - for descending: -total,name */
                sort?: string;
                /** @description free text */
                q?: string;
                /** @description only these members of each item */
                fields?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description business dates, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Import"][];
                        total: number;
                        page: number;
                        page_size: number;
                    };
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_imports: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    folder: string;
                    allow_rejects?: number | null;
                };
            };
        };
        responses: {
            /** @description imports a date of the feed folder, or "." for all new ones */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_imports_folders: {
        parameters: {
            query?: {
                /** @description from 1 */
                page?: number;
                /** @description 1 to 500, else 50 */
                page_size?: number;
                /** @description names with - for descending: -total,name */
                sort?: string;
                /** @description free text */
                q?: string;
                /** @description only these members of each item */
                fields?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description dates in the feed folder that are not imported yet */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ImportFolder"][];
                        total: number;
                        page: number;
                        page_size: number;
                        configured: boolean;
                    };
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_imports_date: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                date: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description report of a date: files, refused rows, control totals */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportDetail"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_imports_upload: {
        parameters: {
            query?: {
                /** @description apply in spite of so many refusals */
                allow_rejects?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/zip": string;
            };
        };
        responses: {
            /** @description imports one business date from a zip */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_jobs: {
        parameters: {
            query?: {
                /** @description import, appraise, replay, scan, todos */
                kind?: string;
                state?: string;
                /** @description from 1 */
                page?: number;
                /** @description 1 to 500, else 50 */
                page_size?: number;
                /** @description names with - for descending: -total,name */
                sort?: string;
                /** @description free text */
                q?: string;
                /** @description only these members of each item */
                fields?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description long work in one's scope, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Job"][];
                        total: number;
                        page: number;
                        page_size: number;
                    };
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_jobs_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description one job */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_jobs_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description cancel it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_customers: {
        parameters: {
            query?: {
                org?: string;
                /** @description staff number of who manages them now */
                manager?: string;
                /** @description true: only those with overdue principal */
                overdue?: boolean;
                /** @description with everything below it */
                branch?: string;
                kind?: "person" | "company" | "other";
                /** @description from 1 */
                page?: number;
                /** @description 1 to 500, else 50 */
                page_size?: number;
                /** @description names with - for descending: -total,name */
                sort?: string;
                /** @description free text */
                q?: string;
                /** @description only these members of each item */
                fields?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description customers in scope */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["CustomerItem"][];
                        total: number;
                        page: number;
                        page_size: number;
                    };
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_customers_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description accounts, loans, managers and their history */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Customer"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_customers_id_balances: {
        parameters: {
            query?: {
                /** @description else a year before the business date, as far as there is data */
                from?: string;
                /** @description else the business date */
                to?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description days on which the balance changed */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date */
                        from: string;
                        /** Format: date */
                        to: string;
                        items: components["schemas"]["BalancePoint"][];
                    };
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_customers_id_transactions: {
        parameters: {
            query?: {
                /** @description else a year before the business date, as far as there is data */
                from?: string;
                /** @description else the business date */
                to?: string;
                /** @description from 1 */
                page?: number;
                /** @description 1 to 500, else 50 */
                page_size?: number;
                /** @description free text */
                q?: string;
                /** @description only these members of each item */
                fields?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description transactions, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Transaction"][];
                        total: number;
                        page: number;
                        page_size: number;
                    };
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_customers_id_personal: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description identity number, phone, address; recorded */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Personal"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_orgs: {
        parameters: {
            query?: {
                /** @description hq, department, branch, outlet */
                kind?: string;
                parent?: string;
                /** @description from 1 */
                page?: number;
                /** @description 1 to 500, else 50 */
                page_size?: number;
                /** @description names with - for descending: -total,name */
                sort?: string;
                /** @description free text */
                q?: string;
                /** @description only these members of each item */
                fields?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description organisations with head and staff counts */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Org"][];
                        total: number;
                        page: number;
                        page_size: number;
                    };
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_orgs_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description an organisation, what lies below it, its staff */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrgDetail"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_staff: {
        parameters: {
            query?: {
                /** @description with everything below it */
                org?: string;
                branch?: string;
                position?: string;
                /** @description from 1 */
                page?: number;
                /** @description 1 to 500, else 50 */
                page_size?: number;
                /** @description names with - for descending: -total,name */
                sort?: string;
                /** @description free text */
                q?: string;
                /** @description only these members of each item */
                fields?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description staff */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Staff"][];
                        total: number;
                        page: number;
                        page_size: number;
                    };
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_staff_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description a member of staff */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Staff"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_logins: {
        parameters: {
            query?: {
                /** @description from 1 */
                page?: number;
                /** @description 1 to 500, else 50 */
                page_size?: number;
                /** @description names with - for descending: -total,name */
                sort?: string;
                /** @description free text */
                q?: string;
                /** @description only these members of each item */
                fields?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description logins with their roles */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Login"][];
                        total: number;
                        page: number;
                        page_size: number;
                    };
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_logins: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    staff_id: string;
                    login?: string;
                    roles: ("administrator" | "manager" | "branch_head" | "risk_manager" | "business" | "hr" | "executive" | "auditor")[];
                };
            };
        };
        responses: {
            /** @description a login for a member of staff */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OneTimePassword"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patch_logins_login: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                login: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    roles?: ("administrator" | "manager" | "branch_head" | "risk_manager" | "business" | "hr" | "executive" | "auditor")[];
                    disabled?: boolean;
                };
            };
        };
        responses: {
            /** @description other roles, or disabled */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Login"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_logins_login_reset: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                login: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description a new one-time password */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OneTimePassword"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_roles: {
        parameters: {
            query?: {
                /** @description from 1 */
                page?: number;
                /** @description 1 to 500, else 50 */
                page_size?: number;
                /** @description names with - for descending: -total,name */
                sort?: string;
                /** @description free text */
                q?: string;
                /** @description only these members of each item */
                fields?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description roles, what each may do and how far */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Role"][];
                        total: number;
                        page: number;
                        page_size: number;
                    };
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_audit: {
        parameters: {
            query?: {
                /** @description login */
                actor?: string;
                /** @description begins so: import, user.add */
                action?: string;
                /** @description login S1, customer C1, date 2025-12-31 */
                subject?: string;
                /** @description included */
                from?: string;
                /** @description excluded */
                to?: string;
                /** @description from 1 */
                page?: number;
                /** @description 1 to 500, else 50 */
                page_size?: number;
                /** @description free text */
                q?: string;
                /** @description only these members of each item */
                fields?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the chain, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["AuditEntry"][];
                        total: number;
                        page: number;
                        page_size: number;
                    };
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_audit_verify: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description reads the whole chain and says whether it is whole */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Verdict"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_policies: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description packs: what they restate, how much of it is carried out */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["PolicyBrief"][];
                    };
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_policies_search: {
        parameters: {
            query?: {
                /** @description article, decision, parameter, ... */
                kind?: string;
                /** @description of this pack */
                pack?: string;
                /** @description from 1 */
                page?: number;
                /** @description 1 to 500, else 50 */
                page_size?: number;
                /** @description free text */
                q?: string;
                /** @description only these members of each item */
                fields?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description articles, decisions, parameters, rules of all packs, best first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["PolicyHit"][];
                        total: number;
                        page: number;
                        page_size: number;
                    };
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_policies_open_points: {
        parameters: {
            query: {
                /** @description ids, or documents as PACK/FILE.md, separated by commas */
                packs: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description what packs leave to the bank: open texts, values to be confirmed, judgement */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["PolicyOpenPoint"][];
                    };
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_policies_pack: {
        parameters: {
            query?: {
                /** @description id of a version; else what is in force today */
                version?: number;
                /** @description id of a draft one may work on */
                draft?: number;
            };
            header?: never;
            path: {
                pack: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description documents, articles and blocks of a pack */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Policy"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_policies_pack_coverage: {
        parameters: {
            query?: {
                /** @description id of a version; else what is in force today */
                version?: number;
                /** @description id of a draft one may work on */
                draft?: number;
            };
            header?: never;
            path: {
                pack: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description how much of each document is executable, judgement, open */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyCoverage"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_policies_pack_uses: {
        parameters: {
            query: {
                /** @description id of a version; else what is in force today */
                version?: number;
                /** @description id of a draft one may work on */
                draft?: number;
                name: string;
            };
            header?: never;
            path: {
                pack: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description who uses a parameter, a function, a type, a figure */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["PolicyUse"][];
                    };
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_policies_pack_decisions_decision: {
        parameters: {
            query?: {
                /** @description id of a version; else what is in force today */
                version?: number;
                /** @description id of a draft one may work on */
                draft?: number;
            };
            header?: never;
            path: {
                pack: string;
                decision: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description a decision with its cases as they come out now, and who uses it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyDecisionWhole"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_policies_pack_article: {
        parameters: {
            query?: {
                /** @description id of a version; else what is in force today */
                version?: number;
                /** @description id of a draft one may work on */
                draft?: number;
            };
            header?: never;
            path: {
                pack: string;
                article: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description one article, by its id or its name */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyArticle"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_decide: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    pack: string;
                    decision: string;
                    input: Record<string, never>;
                    /**
                     * Format: date
                     * @description else today
                     */
                    on?: string;
                    trace?: boolean;
                    version?: number | string;
                    draft?: number | string;
                };
            };
        };
        responses: {
            /** @description tries a decision: result, articles, trace; nothing is kept */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyTrial"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_policies_pack_decisions_decision_template_xlsx: {
        parameters: {
            query?: {
                /** @description id of a version; else what is in force today */
                version?: number;
                /** @description id of a draft one may work on */
                draft?: number;
            };
            header?: never;
            path: {
                pack: string;
                decision: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description a workbook whose columns are the inputs of the decision */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_policies_pack_decisions_decision_batch: {
        parameters: {
            query?: {
                /** @description id of a version; else what is in force today */
                version?: number;
                /** @description id of a draft one may work on */
                draft?: number;
                /** @description the day asked about; else today */
                on?: string;
                /** @description of the answer; at most 500 */
                rows?: number;
            };
            header?: never;
            path: {
                pack: string;
                decision: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description tries every row of a workbook or CSV */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TriedSheet"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_policies_pack_decisions_decision_batch_xlsx: {
        parameters: {
            query?: {
                /** @description id of a version; else what is in force today */
                version?: number;
                /** @description id of a draft one may work on */
                draft?: number;
                /** @description the day asked about; else today */
                on?: string;
            };
            header?: never;
            path: {
                pack: string;
                decision: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description the same, answered as a workbook */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_policy_drafts: {
        parameters: {
            query?: {
                pack?: string;
                state?: "open" | "submitted" | "discarded";
                /** @description from 1 */
                page?: number;
                /** @description 1 to 500, else 50 */
                page_size?: number;
                /** @description names with - for descending: -total,name */
                sort?: string;
                /** @description free text */
                q?: string;
                /** @description only these members of each item */
                fields?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description drafts of packs, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["PolicyDraft"][];
                        total: number;
                        page: number;
                        page_size: number;
                    };
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_policy_drafts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    pack: string;
                    version?: number | null;
                    note: string;
                };
            };
        };
        responses: {
            /** @description takes a pack up as a draft: as it is in force, or a version of it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyDraftWhole"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_policy_drafts_compose: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PolicyComposition"];
            };
        };
        responses: {
            /** @description a new pack from others, with values of one's own */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyDraftWhole"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_policy_drafts_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description a draft with its files and what is wrong with it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyDraftWhole"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_policy_drafts_id_document: {
        parameters: {
            query: {
                path: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description one document of it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DraftDocument"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_policy_drafts_id_document: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    revision: number;
                    path: string;
                    text: string;
                };
            };
        };
        responses: {
            /** @description another text of a document, or a new document */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DraftChange"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_policy_drafts_id_document: {
        parameters: {
            query: {
                path: string;
                revision: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description takes a document out */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DraftChange"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_policy_drafts_id_block: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DraftBlockEdit"];
            };
        };
        responses: {
            /** @description changes one block: its text, a formula, a table, a parameter */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DraftChange"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_policy_drafts_id_check: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    path: string;
                    text: string;
                };
            };
        };
        responses: {
            /** @description what the checks say of a text while it is typed */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        findings: components["schemas"]["DraftFinding"][];
                        cases: components["schemas"]["DraftCases"];
                    };
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_policy_drafts_id_cases: {
        parameters: {
            query?: {
                decision?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description its cases as they come out now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DraftCases"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_policy_drafts_id_cases: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DraftNewCase"];
            };
        };
        responses: {
            /** @description keeps what comes out now as a case */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DraftChange"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_policy_drafts_id_changes: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description what is different from what it began with */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyChanges"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_policy_drafts_id_names: {
        parameters: {
            query: {
                path: string;
                line: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description what a formula at a line may name */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DraftNames"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_policy_drafts_id_here: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    path: string;
                    line: number;
                };
            };
        };
        responses: {
            /** @description says that one is looking at it, and hears who else is */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        here: components["schemas"]["DraftVisitor"][];
                    };
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_policy_drafts_id_submit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    revision: number;
                    note?: string;
                };
            };
        };
        responses: {
            /** @description hands it on as a version, to be approved by somebody else */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyVersionWhole"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_policy_drafts_id_discard: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    revision: number;
                };
            };
        };
        responses: {
            /** @description gives it up */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyDraft"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_policy_drafts_id_replay: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: date */
                    from: string;
                    /** Format: date */
                    to: string;
                };
            };
        };
        responses: {
            /** @description asks the decisions of a period again, of the draft */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_workshop_facts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description what the bank's data offer a measure, with counts */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkshopFacts"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_policy_drafts_id_workshop: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the indicators of a draft, as forms show them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkshopModel"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_policy_drafts_id_workshop: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    revision: number;
                    edit: components["schemas"]["WorkshopEdit"];
                };
            };
        };
        responses: {
            /** @description writes a block, a parameter or targets back into its document */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DraftChange"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_policy_drafts_id_workshop_try: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WorkshopAsk"];
            };
        };
        responses: {
            /** @description values on the facts of a period, as the draft is, or as an edit would make it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkshopTrial"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_policy_drafts_id_workshop_try_xlsx: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WorkshopAsk"];
            };
        };
        responses: {
            /** @description the same of everybody, as a workbook */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_policy_drafts_id_workshop_explain: {
        parameters: {
            query: {
                holder: string;
                figure: string;
                period: string;
                scheme?: string;
                trial?: string;
                limit?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the tree under a value that was tried */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExplainNode"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_policy_drafts_id_workshop_targets_split: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WorkshopSplitAsk"];
            };
        };
        responses: {
            /** @description targets from the bank to its managers: as they stand, or split down */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkshopSplit"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_policy_drafts_id_workshop_targets_read: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description reads targets from a workbook or CSV; keeps nothing */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkshopTargets"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_policy_drafts_id_workshop_targets_xlsx: {
        parameters: {
            query: {
                name: string;
                period?: string;
                scheme?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description targets as a workbook, to be filled in */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_policy_versions: {
        parameters: {
            query?: {
                /** @description of this pack */
                pack?: string;
                /** @description from 1 */
                page?: number;
                /** @description 1 to 500, else 50 */
                page_size?: number;
                /** @description names with - for descending: -total,name */
                sort?: string;
                /** @description free text */
                q?: string;
                /** @description only these members of each item */
                fields?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description versions of packs that the bank keeps, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["PolicyVersion"][];
                        total: number;
                        page: number;
                        page_size: number;
                    };
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_policy_versions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    pack: string;
                    /** @description why it changes */
                    note: string;
                };
            };
        };
        responses: {
            /** @description keeps the pack as it is installed now as a draft */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyVersionWhole"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_policy_versions_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description one version */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyVersionWhole"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_policy_versions_id_changes: {
        parameters: {
            query?: {
                /** @description id of a version; else the one in force before it */
                against?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description what is different from another version */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyChanges"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_policy_versions_id_approve: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description approves a draft of somebody else */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyVersionWhole"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_policy_versions_id_activate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Format: date
                     * @description today or later
                     */
                    from: string;
                };
            };
        };
        responses: {
            /** @description brings an approved version into force on a day */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyVersionWhole"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_policy_versions_id_replay: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: date */
                    from: string;
                    /** Format: date */
                    to: string;
                };
            };
        };
        responses: {
            /** @description asks the decisions of a period again, of this version */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Replay"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_decisions: {
        parameters: {
            query?: {
                pack?: string;
                decision?: string;
                from?: string;
                to?: string;
                /** @description from 1 */
                page?: number;
                /** @description 1 to 500, else 50 */
                page_size?: number;
                /** @description names with - for descending: -total,name */
                sort?: string;
                /** @description free text */
                q?: string;
                /** @description only these members of each item */
                fields?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description decisions that were asked, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Decision"][];
                        total: number;
                        page: number;
                        page_size: number;
                    };
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_decisions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    pack: string;
                    decision: string;
                    input: Record<string, never>;
                    /**
                     * Format: date
                     * @description else today
                     */
                    on?: string;
                };
            };
        };
        responses: {
            /** @description asks a decision of a pack, of the version in force on the day; kept with its answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Decision"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_todos: {
        parameters: {
            query?: {
                whose?: "mine" | "team";
                state?: "open" | "late" | "closed";
                source?: string;
                assignee?: string;
                customer?: string;
                /** @description from 1 */
                page?: number;
                /** @description 1 to 500, else 50 */
                page_size?: number;
                /** @description names with - for descending: -total,name */
                sort?: string;
                /** @description free text */
                q?: string;
                /** @description only these members of each item */
                fields?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description to-dos: one's own with those one stands in for and those raised to one, or the team's */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Todo"][];
                        total: number;
                        page: number;
                        page_size: number;
                        /** Format: date */
                        today: string;
                    };
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_todos: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    title: string;
                    assignee: string;
                    /** Format: date */
                    due: string;
                    urgent?: boolean;
                    customer?: string;
                };
            };
        };
        responses: {
            /** @description gives a task to somebody in reach */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Todo"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_todos_summary: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description how many are due today, overdue, raised to one; the team's */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TodoSummary"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_todos_team: {
        parameters: {
            query?: {
                /** @description from 1 */
                page?: number;
                /** @description 1 to 500, else 50 */
                page_size?: number;
                /** @description names with - for descending: -total,name */
                sort?: string;
                /** @description free text */
                q?: string;
                /** @description only these members of each item */
                fields?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description how each member of the team stands */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["TodoLoad"][];
                        total: number;
                        page: number;
                        page_size: number;
                    };
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_todos_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description one to-do with what happened to it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        todo: components["schemas"]["Todo"];
                        events: {
                            /** Format: date-time */
                            at: string;
                            by: string;
                            what: string;
                            detail: string;
                        }[];
                    };
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_todos_id_done: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    note: string;
                };
            };
        };
        responses: {
            /** @description done by hand, with a note */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Todo"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_todos_id_snooze: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: date */
                    until: string;
                    reason: string;
                };
            };
        };
        responses: {
            /** @description out of sight until a day, with a reason */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Todo"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_todos_id_wake: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description back in sight */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Todo"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_todos_id_cancel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description not to be done, with a reason; by the superior or who gave it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Todo"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_todos_id_reopen: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description what was done or cancelled by hand is open again */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Todo"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_todos_id_hand: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    to: string;
                    reason: string;
                };
            };
        };
        responses: {
            /** @description to somebody else, with a reason; by the superior or who gave it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Todo"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_todo_runs_last: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the last night run with its counts */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        last: {
                            /** Format: date */
                            day: string;
                        } | null;
                    };
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_todo_runs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: date */
                    day?: string;
                };
            };
        };
        responses: {
            /** @description makes the to-dos of a day, as a job */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_todo_packs: {
        parameters: {
            query?: {
                /** @description from 1 */
                page?: number;
                /** @description 1 to 500, else 50 */
                page_size?: number;
                /** @description names with - for descending: -total,name */
                sort?: string;
                /** @description free text */
                q?: string;
                /** @description only these members of each item */
                fields?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description packs with duties, and whether they count */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["TodoPack"][];
                        total: number;
                        page: number;
                        page_size: number;
                    };
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_todo_packs_pack: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                pack: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    on: boolean;
                };
            };
        };
        responses: {
            /** @description switches the duties of an installed pack on or off */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        pack: string;
                        on: boolean;
                    };
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_calendar: {
        parameters: {
            query?: {
                year?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description holidays and weekends that are worked, of a year */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Calendar"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_calendar: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    text: string;
                };
            };
        };
        responses: {
            /** @description takes over the years of a file of holidays */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        years: number[];
                    };
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_absences: {
        parameters: {
            query?: {
                /** @description from 1 */
                page?: number;
                /** @description 1 to 500, else 50 */
                page_size?: number;
                /** @description names with - for descending: -total,name */
                sort?: string;
                /** @description free text */
                q?: string;
                /** @description only these members of each item */
                fields?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description who is away until when and who does the work: of those in reach */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Absence"][];
                        total: number;
                        page: number;
                        page_size: number;
                    };
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_absences: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    staff: string;
                    substitute: string;
                    /** Format: date */
                    from: string;
                    /** Format: date */
                    to: string;
                    /** @enum {string} */
                    kind: "leave" | "rotation" | "training" | "post_b" | "other";
                    reason: string;
                };
            };
        };
        responses: {
            /** @description names a substitute for some days */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Absence"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_absences_id_end: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description takes it back, with a reason */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Absence"];
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_events: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description event stream: notice, job, overview, draft */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_openapi_json: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description this contract */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
