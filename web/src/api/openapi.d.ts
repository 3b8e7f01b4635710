// Made by `npm run types` from `guanhu openapi`. Do not edit.
export interface paths {
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
    "/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** event stream: notice, job, overview */
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
            kind: "import" | "appraise";
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
            result: (components["schemas"]["ImportOutcome"] | components["schemas"]["RunOutcome"]) | null;
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
        Personal: {
            id_type: string;
            id_no: string;
            phone: string;
            address: string;
        };
        Policy: {
            id: string;
            title: string;
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
        PolicyElement: components["schemas"]["PolicyDecision"] | components["schemas"]["PolicyFunction"] | components["schemas"]["PolicyParameters"] | components["schemas"]["PolicyNamedType"] | components["schemas"]["PolicyJudgement"] | components["schemas"]["PolicyOpen"] | components["schemas"]["PolicyCases"] | components["schemas"]["PolicyChecklist"] | components["schemas"]["PolicyDuty"] | components["schemas"]["PolicyNotice"] | components["schemas"]["PolicyProcess"] | components["schemas"]["PolicyFigure"];
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
            kind: "measure" | "indicator" | "score" | "peer" | "scheme";
            name: string;
            unit: string;
            formula: string;
            inputs: string[];
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
        RunOutcome: {
            run: number;
            scheme: string;
            period: string;
            run_hash: string;
            holders: number;
            /** @description false: the same run was kept before */
            new: boolean;
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
                value: string | null;
                unit: string;
                reason: string;
                previous: string | null;
                article: string;
            }[];
            warnings: string[];
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
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
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
                /** @description import, appraise */
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
                /** @description ids, separated by commas */
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
    get_events: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description event stream: notice, job, overview */
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
