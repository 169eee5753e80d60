//! The tables of both databases after migration. A test compares them with the databases.

diesel::table! {
    use diesel::sql_types::*;

    countries (code) {
        code -> Text,
        name -> Text,
        time_zone -> Text,
        locale -> Text,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        note -> Nullable<Text>,
        translations -> Nullable<Text>,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    calendar_days (id) {
        id -> Uid,
        country_code -> Text,
        date -> Date,
        name -> Text,
        kind -> Text,
        territory -> Nullable<Text>,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    institutions (id) {
        id -> Uid,
        name -> Text,
        sector -> Text,
        country_code -> Nullable<Text>,
        acronym -> Nullable<Text>,
        official_name -> Nullable<Text>,
        parent_id -> Nullable<Uid>,
        territory -> Nullable<Text>,
        email -> Nullable<Text>,
        partner_type -> Nullable<Text>,
        succeeded_by_id -> Nullable<Uid>,
        folded -> Text,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        note -> Nullable<Text>,
        translations -> Nullable<Text>,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    institution_aliases (institution_id, position) {
        institution_id -> Uid,
        position -> Integer,
        alias -> Text,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    users (id) {
        id -> Uid,
        email -> Text,
        email_folded -> Text,
        name -> Text,
        language -> Text,
        institution_id -> Nullable<Uid>,
        password_hash -> Nullable<Text>,
        disabled -> Bool,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        sign_in_unlocks -> Integer,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    commissions (id) {
        id -> Uid,
        country_code -> Text,
        name -> Text,
        kind -> Text,
        acronym -> Nullable<Text>,
        official_name -> Nullable<Text>,
        parent_id -> Nullable<Uid>,
        territory -> Nullable<Text>,
        function -> Nullable<Text>,
        operational_state -> Text,
        declared_member_count -> Nullable<Integer>,
        time_zone -> Nullable<Text>,
        quorum_fraction -> Nullable<Text>,
        quorum_strict -> Nullable<Bool>,
        second_call_fraction -> Nullable<Text>,
        second_call_minimum -> Nullable<Integer>,
        folded -> Text,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        note -> Nullable<Text>,
        translations -> Nullable<Text>,
        public -> Bool,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    commission_aliases (commission_id, position) {
        commission_id -> Uid,
        position -> Integer,
        alias -> Text,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    commission_themes (commission_id, theme) {
        commission_id -> Uid,
        theme -> Text,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    commission_legal_bases (commission_id, position) {
        commission_id -> Uid,
        position -> Integer,
        title -> Text,
        number -> Nullable<Text>,
        issued -> Nullable<Text>,
        url -> Nullable<Text>,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    operational_states (id) {
        id -> Uid,
        commission_id -> Uid,
        state -> Text,
        since -> Text,
        since_from -> Date,
        since_to -> Date,
        source -> Nullable<Text>,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    memberships (id) {
        id -> Uid,
        commission_id -> Uid,
        institution_id -> Uid,
        role -> Text,
        has_vote -> Bool,
        from_date -> Nullable<Date>,
        to_date -> Nullable<Date>,
        when_text -> Nullable<Text>,
        basis -> Nullable<Text>,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        note -> Nullable<Text>,
        translations -> Nullable<Text>,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    delegates (id) {
        id -> Uid,
        commission_id -> Uid,
        institution_id -> Uid,
        capacity -> Text,
        user_id -> Nullable<Uid>,
        name -> Nullable<Text>,
        email -> Nullable<Text>,
        position -> Nullable<Text>,
        from_date -> Nullable<Date>,
        to_date -> Nullable<Date>,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        note -> Nullable<Text>,
        translations -> Nullable<Text>,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    reminder_policies (commission_id) {
        commission_id -> Uid,
        lead_days -> Text,
        overdue_every_days -> Integer,
        escalate_after_days -> Integer,
        send_hour -> Integer,
        send_on_non_working_days -> Bool,
        updated_at -> Timestamp,
        review_after_days -> Integer,
        escalate_to_coordinator_after_days -> Integer,
        meeting_reminder_days -> Text,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    grants (id) {
        id -> Uid,
        user_id -> Uid,
        role -> Text,
        country_code -> Nullable<Text>,
        commission_id -> Nullable<Uid>,
        institution_id -> Nullable<Uid>,
        created_at -> Timestamp,
        introduction -> Nullable<Text>,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    calendar_tokens (user_id) {
        user_id -> Uid,
        token_hash -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    sessions (id) {
        id -> Uid,
        user_id -> Uid,
        kind -> Text,
        client -> Nullable<Text>,
        created_at -> Timestamp,
        last_seen_at -> Timestamp,
        expires_at -> Timestamp,
        ended_at -> Nullable<Timestamp>,
        cookie_hash -> Nullable<Text>,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    saved_drafts (user_id, page) {
        user_id -> Uid,
        page -> Text,
        fields -> Text,
        saved_at -> Timestamp,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    saved_views (user_id, name) {
        user_id -> Uid,
        name -> Text,
        query -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    refresh_tokens (id) {
        id -> Uid,
        family_id -> Uid,
        token_hash -> Text,
        issued_at -> Timestamp,
        expires_at -> Timestamp,
        used_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    one_time_tokens (id) {
        id -> Uid,
        user_id -> Uid,
        purpose -> Text,
        token_hash -> Text,
        expires_at -> Timestamp,
        used_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    idempotency_keys (user_id, path, key) {
        user_id -> Uid,
        path -> Text,
        key -> Text,
        body_hash -> Text,
        status -> Integer,
        location -> Nullable<Text>,
        etag -> Nullable<Text>,
        body -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    files (id) {
        id -> Uid,
        name -> Text,
        media_type -> Text,
        size -> BigInt,
        sha256 -> Text,
        uploaded_by -> Uid,
        created_at -> Timestamp,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    meetings (id) {
        id -> Uid,
        country_code -> Text,
        lead_commission_id -> Uid,
        kind -> Text,
        title -> Text,
        starts_at -> Nullable<Timestamp>,
        ends_at -> Nullable<Timestamp>,
        held -> Nullable<Text>,
        held_from -> Date,
        held_to -> Date,
        time_zone -> Nullable<Text>,
        ordinal -> Nullable<Integer>,
        modality -> Nullable<Text>,
        place -> Nullable<Text>,
        url -> Nullable<Text>,
        status -> Text,
        restricted -> Bool,
        convened_at -> Nullable<Timestamp>,
        sequence -> Integer,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        started_at -> Nullable<Timestamp>,
        ended_at -> Nullable<Timestamp>,
        call -> Nullable<Text>,
        note -> Nullable<Text>,
        translations -> Nullable<Text>,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    meeting_commissions (meeting_id, commission_id) {
        meeting_id -> Uid,
        position -> Integer,
        commission_id -> Uid,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    agenda_items (id) {
        id -> Uid,
        meeting_id -> Uid,
        position -> Integer,
        title -> Text,
        kind -> Text,
        presenter -> Nullable<Text>,
        commission_id -> Nullable<Uid>,
        outcome -> Nullable<Text>,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    attendances (id) {
        id -> Uid,
        meeting_id -> Uid,
        position -> Integer,
        institution_id -> Uid,
        status -> Text,
        capacity -> Nullable<Text>,
        person -> Nullable<Text>,
        arrived_at -> Nullable<Timestamp>,
        left_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    minutes (meeting_id) {
        meeting_id -> Uid,
        status -> Text,
        body -> Text,
        circulated_at -> Nullable<Timestamp>,
        approved_at -> Nullable<Timestamp>,
        updated_at -> Timestamp,
        code -> Nullable<Text>,
        comments_until -> Nullable<Date>,
        version -> Integer,
        approved_by -> Nullable<Uid>,
        approved_in_meeting_id -> Nullable<Uid>,
        circulated_sha256 -> Nullable<Text>,
        new_body -> Nullable<Text>,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    meeting_documents (id) {
        id -> Uid,
        meeting_id -> Uid,
        title -> Text,
        kind -> Text,
        file_id -> Nullable<Uid>,
        url -> Nullable<Text>,
        dated -> Nullable<Text>,
        dated_from -> Nullable<Date>,
        dated_to -> Nullable<Date>,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    agreements (id) {
        id -> Uid,
        country_code -> Text,
        kind -> Text,
        title -> Text,
        meeting_id -> Nullable<Uid>,
        number -> Nullable<Text>,
        text -> Nullable<Text>,
        adopted -> Nullable<Text>,
        adopted_from -> Nullable<Date>,
        adopted_to -> Nullable<Date>,
        when_text -> Nullable<Text>,
        status -> Text,
        in_force_from -> Nullable<Date>,
        in_force_to -> Nullable<Date>,
        adoption_method -> Nullable<Text>,
        votes_for -> Nullable<Integer>,
        votes_against -> Nullable<Integer>,
        votes_abstained -> Nullable<Integer>,
        scope -> Nullable<Text>,
        document_url -> Nullable<Text>,
        restricted -> Bool,
        folded -> Text,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        agenda_item_id -> Nullable<Uid>,
        note -> Nullable<Text>,
        translations -> Nullable<Text>,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    agreement_commissions (agreement_id, commission_id) {
        agreement_id -> Uid,
        position -> Integer,
        commission_id -> Uid,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    agreement_themes (agreement_id, theme) {
        agreement_id -> Uid,
        theme -> Text,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    agreement_parties (agreement_id, position) {
        agreement_id -> Uid,
        position -> Integer,
        institution_id -> Nullable<Uid>,
        name -> Nullable<Text>,
        side -> Nullable<Text>,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    plans (id) {
        id -> Uid,
        country_code -> Text,
        kind -> Text,
        title -> Text,
        starts -> Nullable<Text>,
        starts_from -> Nullable<Date>,
        starts_to -> Nullable<Date>,
        ends -> Nullable<Text>,
        ends_from -> Nullable<Date>,
        ends_to -> Nullable<Date>,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        note -> Nullable<Text>,
        translations -> Nullable<Text>,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    plan_commissions (plan_id, commission_id) {
        plan_id -> Uid,
        position -> Integer,
        commission_id -> Uid,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    plan_items (id) {
        id -> Uid,
        plan_id -> Uid,
        kind -> Text,
        title -> Text,
        position -> Integer,
        label -> Nullable<Text>,
        parent_id -> Nullable<Uid>,
        period_from -> Nullable<Date>,
        period_to -> Nullable<Date>,
        status -> Nullable<Text>,
        comment -> Nullable<Text>,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        note -> Nullable<Text>,
        translations -> Nullable<Text>,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    plan_item_responsibles (plan_item_id, institution_id) {
        plan_item_id -> Uid,
        position -> Integer,
        institution_id -> Uid,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    observations (id) {
        id -> Uid,
        country_code -> Text,
        kind -> Text,
        text -> Text,
        response -> Nullable<Text>,
        addressee -> Nullable<Text>,
        modality -> Nullable<Text>,
        noted -> Nullable<Text>,
        noted_from -> Nullable<Date>,
        noted_to -> Nullable<Date>,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        note -> Nullable<Text>,
        translations -> Nullable<Text>,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    observation_themes (observation_id, theme) {
        observation_id -> Uid,
        theme -> Text,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    observation_plan_items (observation_id, plan_item_id) {
        observation_id -> Uid,
        position -> Integer,
        plan_item_id -> Uid,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    observation_commissions (observation_id, commission_id) {
        observation_id -> Uid,
        position -> Integer,
        commission_id -> Uid,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    commitment_numbers (country_code, prefix) {
        country_code -> Text,
        prefix -> Text,
        last -> Integer,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    commitments (id) {
        id -> Uid,
        country_code -> Text,
        lead_commission_id -> Uid,
        code -> Text,
        text -> Text,
        agreement_id -> Nullable<Uid>,
        meeting_id -> Nullable<Uid>,
        due -> Nullable<Text>,
        due_from -> Nullable<Date>,
        due_to -> Nullable<Date>,
        due_sort -> Date,
        due_rule_count -> Nullable<Integer>,
        due_rule_unit -> Nullable<Text>,
        due_rule_from -> Nullable<Date>,
        due_unchecked -> Bool,
        due_text -> Nullable<Text>,
        completion_rule -> Text,
        completion_count -> Nullable<Integer>,
        follow_up_institution_id -> Nullable<Uid>,
        restricted -> Bool,
        status -> Text,
        open -> Bool,
        folded -> Text,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        draft -> Bool,
        agenda_item_id -> Nullable<Uid>,
        note -> Nullable<Text>,
        translations -> Nullable<Text>,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    commitment_commissions (commitment_id, commission_id) {
        commitment_id -> Uid,
        position -> Integer,
        commission_id -> Uid,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    commitment_themes (commitment_id, theme) {
        commitment_id -> Uid,
        theme -> Text,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    commitment_plan_items (commitment_id, plan_item_id) {
        commitment_id -> Uid,
        position -> Integer,
        plan_item_id -> Uid,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    commitment_beneficiaries (commitment_id, institution_id) {
        commitment_id -> Uid,
        position -> Integer,
        institution_id -> Uid,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    commitment_dependencies (commitment_id, depends_on_id) {
        commitment_id -> Uid,
        position -> Integer,
        depends_on_id -> Uid,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    assignments (id) {
        id -> Uid,
        commitment_id -> Uid,
        institution_id -> Uid,
        role -> Text,
        due -> Nullable<Text>,
        due_from -> Nullable<Date>,
        due_to -> Nullable<Date>,
        target_quantity -> Nullable<Double>,
        target_unit -> Nullable<Text>,
        status -> Text,
        verification -> Text,
        percent -> Nullable<Integer>,
        quantity -> Nullable<Double>,
        completed_on -> Nullable<Date>,
        last_update_at -> Nullable<Timestamp>,
        pending_update_id -> Nullable<Uid>,
        open -> Bool,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        pending_extension_id -> Nullable<Uid>,
        announced_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    updates (id) {
        id -> Uid,
        assignment_id -> Uid,
        reported_on -> Date,
        status -> Text,
        narrative -> Text,
        percent -> Nullable<Integer>,
        quantity -> Nullable<Double>,
        on_behalf -> Bool,
        author_id -> Nullable<Uid>,
        received_at -> Timestamp,
        review_outcome -> Nullable<Text>,
        review_comment -> Nullable<Text>,
        reviewed_by -> Nullable<Uid>,
        reviewed_at -> Nullable<Timestamp>,
        from_file -> Bool,
        imported_by -> Nullable<Uid>,
        accepted_below_target -> Bool,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    update_evidence (update_id, position) {
        update_id -> Uid,
        position -> Integer,
        title -> Text,
        url -> Nullable<Text>,
        file_id -> Nullable<Uid>,
        kind -> Nullable<Text>,
        dated -> Nullable<Text>,
        dated_from -> Nullable<Date>,
        dated_to -> Nullable<Date>,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    extensions (id) {
        id -> Uid,
        assignment_id -> Uid,
        requested_due -> Text,
        requested_due_from -> Date,
        requested_due_to -> Date,
        reason -> Text,
        requested_by -> Nullable<Uid>,
        requested_at -> Timestamp,
        outcome -> Nullable<Text>,
        comment -> Nullable<Text>,
        decided_by -> Nullable<Uid>,
        decided_at -> Nullable<Timestamp>,
        status -> Text,
        granted_due -> Nullable<Text>,
        granted_due_from -> Nullable<Date>,
        granted_due_to -> Nullable<Date>,
        withdrawn_by -> Nullable<Uid>,
        withdrawn_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    commitment_events (id) {
        id -> Uid,
        commitment_id -> Uid,
        assignment_id -> Nullable<Uid>,
        at -> Timestamp,
        user_id -> Nullable<Uid>,
        kind -> Text,
        data -> Text,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    activities (id) {
        id -> Uid,
        country_code -> Text,
        kind -> Text,
        title -> Text,
        description -> Nullable<Text>,
        result -> Nullable<Text>,
        expected_result -> Nullable<Text>,
        result_state -> Nullable<Text>,
        starts -> Nullable<Text>,
        starts_from -> Nullable<Date>,
        starts_to -> Nullable<Date>,
        ends -> Nullable<Text>,
        ends_from -> Nullable<Date>,
        ends_to -> Nullable<Date>,
        when_text -> Nullable<Text>,
        period_from -> Nullable<Date>,
        period_to -> Nullable<Date>,
        span_from -> Nullable<Date>,
        span_to -> Nullable<Date>,
        participants_total -> Nullable<Integer>,
        participants_women -> Nullable<Integer>,
        participants_men -> Nullable<Integer>,
        audience -> Nullable<Text>,
        occurrences -> Nullable<Integer>,
        scope -> Nullable<Text>,
        highlight -> Bool,
        restricted -> Bool,
        source -> Nullable<Text>,
        status -> Text,
        author_id -> Nullable<Uid>,
        folded -> Text,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        returned_at -> Nullable<Timestamp>,
        returned_reason -> Nullable<Text>,
        note -> Nullable<Text>,
        translations -> Nullable<Text>,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    activity_commissions (activity_id, commission_id) {
        activity_id -> Uid,
        position -> Integer,
        commission_id -> Uid,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    activity_themes (activity_id, theme) {
        activity_id -> Uid,
        theme -> Text,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    activity_territories (activity_id, position) {
        activity_id -> Uid,
        position -> Integer,
        territory -> Text,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    activity_organizers (activity_id, institution_id) {
        activity_id -> Uid,
        position -> Integer,
        institution_id -> Uid,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    activity_partners (activity_id, institution_id) {
        activity_id -> Uid,
        position -> Integer,
        institution_id -> Uid,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    activity_plan_items (activity_id, plan_item_id) {
        activity_id -> Uid,
        position -> Integer,
        plan_item_id -> Uid,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    activity_commitments (activity_id, commitment_id) {
        activity_id -> Uid,
        position -> Integer,
        commitment_id -> Uid,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    activity_evidence (activity_id, position) {
        activity_id -> Uid,
        position -> Integer,
        title -> Text,
        url -> Nullable<Text>,
        file_id -> Nullable<Uid>,
        kind -> Nullable<Text>,
        dated -> Nullable<Text>,
        dated_from -> Nullable<Date>,
        dated_to -> Nullable<Date>,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    deliveries (id) {
        id -> Uid,
        kind -> Text,
        message_id -> Text,
        recipient -> Text,
        address -> Text,
        name -> Nullable<Text>,
        user_id -> Nullable<Uid>,
        country_code -> Nullable<Text>,
        language -> Text,
        day -> Date,
        payload -> Text,
        status -> Text,
        attempts -> Integer,
        last_error -> Nullable<Text>,
        next_attempt_at -> Timestamp,
        leased_until -> Nullable<Timestamp>,
        expires_at -> Timestamp,
        created_at -> Timestamp,
        sent_at -> Nullable<Timestamp>,
        record_kind -> Nullable<Text>,
        record_id -> Nullable<Uid>,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    delivery_commissions (delivery_id, commission_id) {
        delivery_id -> Uid,
        commission_id -> Uid,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    reminder_agenda (assignment_id) {
        assignment_id -> Uid,
        look_at -> Timestamp,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    daily_uses (user_id, kind) {
        user_id -> Uid,
        kind -> Text,
        day -> Date,
        uses -> Integer,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    reminder_ledger (id) {
        id -> Uid,
        assignment_id -> Uid,
        due -> Date,
        step -> Integer,
        recipient -> Text,
        reason -> Text,
        delivery_id -> Nullable<Uid>,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    reports (id) {
        id -> Uid,
        country_code -> Text,
        template -> Text,
        period_from -> Date,
        period_to -> Date,
        roadmap_id -> Uid,
        first_report -> Bool,
        status -> Text,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        drafted_at -> Nullable<Timestamp>,
        version -> Integer,
        previous_version_id -> Nullable<Uid>,
        version_reason -> Nullable<Text>,
        approved_at -> Nullable<Timestamp>,
        approved_by -> Nullable<Uid>,
        snapshot -> Nullable<Text>,
        frozen_on_upgrade -> Bool,
        rendered -> Bool,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    form_wordings (template, lang) {
        template -> Text,
        lang -> Text,
        content -> Text,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    report_files (report_id, part, format, lang) {
        report_id -> Uid,
        part -> Text,
        format -> Text,
        lang -> Text,
        sha256 -> Text,
        bytes -> Binary,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    report_snapshots (sha256) {
        sha256 -> Text,
        content -> Text,
        taken_at -> Timestamp,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    report_answers (report_id, key) {
        report_id -> Uid,
        key -> Text,
        text -> Nullable<Text>,
        choices -> Text,
        other_text -> Nullable<Text>,
        rows -> Text,
        sources -> Text,
        state -> Text,
        updated_at -> Timestamp,
        reading -> Text,
        edited_on -> Nullable<Text>,
        confirmed_at -> Nullable<Timestamp>,
        confirmed_by -> Nullable<Uid>,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    report_assignees (report_id, key) {
        report_id -> Uid,
        key -> Text,
        commission_id -> Uid,
        assigned_at -> Timestamp,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    report_comments (id) {
        id -> Uid,
        report_id -> Uid,
        key -> Text,
        author_id -> Nullable<Uid>,
        text -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    audit_log (id) {
        id -> Uid,
        at -> Timestamp,
        user_id -> Nullable<Uid>,
        action -> Text,
        kind -> Text,
        record_id -> Text,
        country_code -> Nullable<Text>,
        before -> Nullable<Text>,
        after -> Nullable<Text>,
        client -> Nullable<Text>,
    }
}

diesel::table! {
    refused_sign_ins (account, client) {
        account -> Text,
        client -> Text,
        is_user -> Bool,
        since -> Timestamp,
        further -> Integer,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    dataset_keys (kind, scope, key) {
        kind -> Text,
        scope -> Text,
        key -> Text,
        record_id -> Uid,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    imports (id) {
        id -> Uid,
        country_code -> Text,
        commission_id -> Nullable<Uid>,
        file_name -> Text,
        sha256 -> Text,
        created -> Integer,
        changed -> Integer,
        unchanged -> Integer,
        imported_by -> Nullable<Uid>,
        created_at -> Timestamp,
        undone_by -> Nullable<Uid>,
        undone_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    matrix_mappings (commission_id) {
        commission_id -> Uid,
        mapping -> Text,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    import_effects (import_id, position) {
        import_id -> Uid,
        position -> Integer,
        effect -> Text,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    commitment_attachments (commitment_id, position) {
        commitment_id -> Uid,
        position -> Integer,
        title -> Text,
        file_id -> Nullable<Uid>,
        url -> Nullable<Text>,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    agreement_attachments (agreement_id, position) {
        agreement_id -> Uid,
        position -> Integer,
        title -> Text,
        file_id -> Nullable<Uid>,
        url -> Nullable<Text>,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    meeting_replies (meeting_id, institution_id) {
        meeting_id -> Uid,
        institution_id -> Uid,
        reply -> Text,
        person -> Nullable<Text>,
        note -> Nullable<Text>,
        replied_by -> Nullable<Uid>,
        replied_at -> Timestamp,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    agenda_proposals (id) {
        id -> Uid,
        meeting_id -> Uid,
        institution_id -> Uid,
        title -> Text,
        reason -> Text,
        status -> Text,
        decision_reason -> Nullable<Text>,
        agenda_item_id -> Nullable<Uid>,
        proposed_by -> Nullable<Uid>,
        proposed_at -> Timestamp,
        decided_by -> Nullable<Uid>,
        decided_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    minutes_numbers (prefix) {
        prefix -> Text,
        last -> Integer,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    minutes_comments (id) {
        id -> Uid,
        meeting_id -> Uid,
        institution_id -> Uid,
        author_id -> Nullable<Uid>,
        on_behalf -> Bool,
        text -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    minutes_versions (meeting_id, version) {
        meeting_id -> Uid,
        version -> Integer,
        at -> Timestamp,
        user_id -> Nullable<Uid>,
        text -> Nullable<Text>,
        approved_in_meeting_id -> Nullable<Uid>,
        content -> Text,
        restricted_content -> Nullable<Text>,
        content_sha256 -> Text,
        frozen_on_upgrade -> Bool,
        rendered -> Bool,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    minutes_records (meeting_id, version, record_id) {
        meeting_id -> Uid,
        version -> Integer,
        record_id -> Uid,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    minutes_files (meeting_id, version, part, format, lang) {
        meeting_id -> Uid,
        version -> Integer,
        part -> Text,
        format -> Text,
        lang -> Text,
        sha256 -> Text,
        bytes -> Binary,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    notification_preferences (user_id, event) {
        user_id -> Uid,
        event -> Text,
        timing -> Text,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    notices (id) {
        id -> Uid,
        event -> Text,
        timing -> Text,
        recipient -> Text,
        user_id -> Uid,
        country_code -> Nullable<Text>,
        record_kind -> Text,
        record_id -> Uid,
        payload -> Text,
        created_at -> Timestamp,
        delivery_id -> Nullable<Uid>,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    waiting_ledger (id) {
        id -> Uid,
        kind -> Text,
        record_id -> Uid,
        step -> Integer,
        recipient -> Text,
        delivery_id -> Nullable<Uid>,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    planned_days (subject_id) {
        subject_id -> Uid,
        day -> Date,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    contact_changes (id) {
        id -> Uid,
        institution_id -> Uid,
        commission_id -> Nullable<Uid>,
        kind -> Text,
        old_address -> Nullable<Text>,
        new_address -> Nullable<Text>,
        person -> Nullable<Text>,
        user_id -> Nullable<Uid>,
        created_at -> Timestamp,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    issued_documents (meeting_id, kind, part, version) {
        meeting_id -> Uid,
        kind -> Text,
        part -> Text,
        version -> Integer,
        at -> Timestamp,
        user_id -> Nullable<Uid>,
        content -> Text,
        content_sha256 -> Text,
        rendered -> Bool,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    issued_files (meeting_id, kind, part, version, format, lang) {
        meeting_id -> Uid,
        kind -> Text,
        part -> Text,
        version -> Integer,
        format -> Text,
        lang -> Text,
        sha256 -> Text,
        bytes -> Binary,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    second_factors (user_id) {
        user_id -> Uid,
        secret -> Text,
        created_at -> Timestamp,
        confirmed_at -> Nullable<Timestamp>,
        last_step -> BigInt,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    recovery_codes (id) {
        id -> Uid,
        user_id -> Uid,
        code_hash -> Text,
        used_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    personal_tokens (session_id) {
        session_id -> Uid,
        name -> Text,
        token_hash -> Text,
        may_write -> Bool,
    }
}

diesel::joinable!(calendar_days -> countries (country_code));
diesel::joinable!(institution_aliases -> institutions (institution_id));
diesel::joinable!(users -> institutions (institution_id));
diesel::joinable!(commissions -> countries (country_code));
diesel::joinable!(commission_aliases -> commissions (commission_id));
diesel::joinable!(commission_themes -> commissions (commission_id));
diesel::joinable!(commission_legal_bases -> commissions (commission_id));
diesel::joinable!(operational_states -> commissions (commission_id));
diesel::joinable!(memberships -> commissions (commission_id));
diesel::joinable!(memberships -> institutions (institution_id));
diesel::joinable!(delegates -> commissions (commission_id));
diesel::joinable!(delegates -> institutions (institution_id));
diesel::joinable!(delegates -> users (user_id));
diesel::joinable!(reminder_policies -> commissions (commission_id));
diesel::joinable!(grants -> users (user_id));
diesel::joinable!(grants -> countries (country_code));
diesel::joinable!(grants -> commissions (commission_id));
diesel::joinable!(grants -> institutions (institution_id));
diesel::joinable!(calendar_tokens -> users (user_id));
diesel::joinable!(second_factors -> users (user_id));
diesel::joinable!(recovery_codes -> users (user_id));
diesel::joinable!(personal_tokens -> sessions (session_id));
diesel::joinable!(sessions -> users (user_id));
diesel::joinable!(refresh_tokens -> sessions (family_id));
diesel::joinable!(one_time_tokens -> users (user_id));
diesel::joinable!(saved_drafts -> users (user_id));
diesel::joinable!(saved_views -> users (user_id));
diesel::joinable!(idempotency_keys -> users (user_id));
diesel::joinable!(files -> users (uploaded_by));
diesel::joinable!(meetings -> countries (country_code));
diesel::joinable!(meetings -> commissions (lead_commission_id));
diesel::joinable!(meeting_commissions -> meetings (meeting_id));
diesel::joinable!(meeting_commissions -> commissions (commission_id));
diesel::joinable!(agenda_items -> meetings (meeting_id));
diesel::joinable!(agenda_items -> commissions (commission_id));
diesel::joinable!(attendances -> meetings (meeting_id));
diesel::joinable!(attendances -> institutions (institution_id));
diesel::joinable!(minutes -> meetings (meeting_id));
diesel::joinable!(meeting_documents -> meetings (meeting_id));
diesel::joinable!(meeting_documents -> files (file_id));
diesel::joinable!(agreements -> countries (country_code));
diesel::joinable!(agreements -> meetings (meeting_id));
diesel::joinable!(agreement_commissions -> agreements (agreement_id));
diesel::joinable!(agreement_commissions -> commissions (commission_id));
diesel::joinable!(agreement_themes -> agreements (agreement_id));
diesel::joinable!(agreement_parties -> agreements (agreement_id));
diesel::joinable!(agreement_parties -> institutions (institution_id));
diesel::joinable!(plans -> countries (country_code));
diesel::joinable!(plan_commissions -> plans (plan_id));
diesel::joinable!(plan_commissions -> commissions (commission_id));
diesel::joinable!(plan_items -> plans (plan_id));
diesel::joinable!(plan_item_responsibles -> plan_items (plan_item_id));
diesel::joinable!(plan_item_responsibles -> institutions (institution_id));
diesel::joinable!(observations -> countries (country_code));
diesel::joinable!(observation_themes -> observations (observation_id));
diesel::joinable!(observation_plan_items -> observations (observation_id));
diesel::joinable!(observation_plan_items -> plan_items (plan_item_id));
diesel::joinable!(observation_commissions -> observations (observation_id));
diesel::joinable!(observation_commissions -> commissions (commission_id));
diesel::joinable!(commitment_numbers -> countries (country_code));
diesel::joinable!(commitments -> countries (country_code));
diesel::joinable!(commitments -> commissions (lead_commission_id));
diesel::joinable!(commitments -> agreements (agreement_id));
diesel::joinable!(commitments -> meetings (meeting_id));
diesel::joinable!(commitments -> institutions (follow_up_institution_id));
diesel::joinable!(commitment_commissions -> commitments (commitment_id));
diesel::joinable!(commitment_commissions -> commissions (commission_id));
diesel::joinable!(commitment_themes -> commitments (commitment_id));
diesel::joinable!(commitment_plan_items -> commitments (commitment_id));
diesel::joinable!(commitment_plan_items -> plan_items (plan_item_id));
diesel::joinable!(commitment_beneficiaries -> commitments (commitment_id));
diesel::joinable!(commitment_beneficiaries -> institutions (institution_id));
diesel::joinable!(assignments -> commitments (commitment_id));
diesel::joinable!(assignments -> institutions (institution_id));
diesel::joinable!(updates -> assignments (assignment_id));
diesel::joinable!(update_evidence -> updates (update_id));
diesel::joinable!(update_evidence -> files (file_id));
diesel::joinable!(extensions -> assignments (assignment_id));
diesel::joinable!(commitment_events -> commitments (commitment_id));
diesel::joinable!(commitment_events -> assignments (assignment_id));
diesel::joinable!(commitment_events -> users (user_id));
diesel::joinable!(activities -> countries (country_code));
diesel::joinable!(activities -> users (author_id));
diesel::joinable!(activity_commissions -> activities (activity_id));
diesel::joinable!(activity_commissions -> commissions (commission_id));
diesel::joinable!(activity_themes -> activities (activity_id));
diesel::joinable!(activity_territories -> activities (activity_id));
diesel::joinable!(activity_organizers -> activities (activity_id));
diesel::joinable!(activity_organizers -> institutions (institution_id));
diesel::joinable!(activity_partners -> activities (activity_id));
diesel::joinable!(activity_partners -> institutions (institution_id));
diesel::joinable!(activity_plan_items -> activities (activity_id));
diesel::joinable!(activity_plan_items -> plan_items (plan_item_id));
diesel::joinable!(activity_commitments -> activities (activity_id));
diesel::joinable!(activity_commitments -> commitments (commitment_id));
diesel::joinable!(activity_evidence -> activities (activity_id));
diesel::joinable!(activity_evidence -> files (file_id));
diesel::joinable!(deliveries -> users (user_id));
diesel::joinable!(deliveries -> countries (country_code));
diesel::joinable!(delivery_commissions -> deliveries (delivery_id));
diesel::joinable!(delivery_commissions -> commissions (commission_id));
diesel::joinable!(reminder_agenda -> assignments (assignment_id));
diesel::joinable!(reminder_ledger -> assignments (assignment_id));
diesel::joinable!(reminder_ledger -> deliveries (delivery_id));
diesel::joinable!(reports -> countries (country_code));
diesel::joinable!(reports -> plans (roadmap_id));
diesel::joinable!(report_answers -> reports (report_id));
diesel::joinable!(report_answers -> users (confirmed_by));
diesel::joinable!(report_assignees -> reports (report_id));
diesel::joinable!(report_assignees -> commissions (commission_id));
diesel::joinable!(report_comments -> reports (report_id));
diesel::joinable!(report_files -> reports (report_id));
diesel::joinable!(report_comments -> users (author_id));
diesel::joinable!(audit_log -> users (user_id));
diesel::joinable!(imports -> countries (country_code));
diesel::joinable!(import_effects -> imports (import_id));
diesel::joinable!(commitment_attachments -> commitments (commitment_id));
diesel::joinable!(commitment_attachments -> files (file_id));
diesel::joinable!(agreement_attachments -> agreements (agreement_id));
diesel::joinable!(agreement_attachments -> files (file_id));
diesel::joinable!(meeting_replies -> meetings (meeting_id));
diesel::joinable!(meeting_replies -> institutions (institution_id));
diesel::joinable!(meeting_replies -> users (replied_by));
diesel::joinable!(agenda_proposals -> meetings (meeting_id));
diesel::joinable!(agenda_proposals -> institutions (institution_id));
diesel::joinable!(agenda_proposals -> agenda_items (agenda_item_id));
diesel::joinable!(minutes_comments -> meetings (meeting_id));
diesel::joinable!(minutes_comments -> institutions (institution_id));
diesel::joinable!(minutes_comments -> users (author_id));
diesel::joinable!(minutes_versions -> users (user_id));
diesel::joinable!(notification_preferences -> users (user_id));
diesel::joinable!(notices -> users (user_id));
diesel::joinable!(notices -> countries (country_code));
diesel::joinable!(notices -> deliveries (delivery_id));

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    former_names (id) {
        id -> Uid,
        origin -> Text,
        name -> Text,
        commission_id -> Nullable<Uid>,
        country_code -> Nullable<Text>,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    duties (id) {
        id -> Uid,
        country_code -> Text,
        title -> Text,
        every -> Text,
        starts -> Text,
        starts_from -> Date,
        starts_to -> Date,
        ends -> Nullable<Text>,
        ends_from -> Nullable<Date>,
        ends_to -> Nullable<Date>,
        sector -> Nullable<Text>,
        due_days -> Integer,
        plan_item_id -> Nullable<Uid>,
        restricted -> Bool,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        note -> Nullable<Text>,
        translations -> Nullable<Text>,
        reminded_on -> Nullable<Date>,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    duty_reminders (id) {
        id -> Uid,
        duty_id -> Uid,
        institution_id -> Uid,
        period_from -> Date,
        step_on -> Date,
        recipient -> Text,
        reason -> Text,
        delivery_id -> Nullable<Uid>,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    duty_commissions (duty_id, commission_id) {
        duty_id -> Uid,
        position -> Integer,
        commission_id -> Uid,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    duty_institutions (duty_id, position) {
        duty_id -> Uid,
        position -> Integer,
        institution_id -> Uid,
        from_date -> Nullable<Date>,
        to_date -> Nullable<Date>,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    duty_fields (duty_id, key) {
        duty_id -> Uid,
        position -> Integer,
        key -> Text,
        label -> Text,
        kind -> Text,
        unit -> Nullable<Text>,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    duty_reports (id) {
        id -> Uid,
        duty_id -> Uid,
        institution_id -> Uid,
        period -> Text,
        period_from -> Date,
        period_to -> Date,
        revision -> Integer,
        newest -> Bool,
        state -> Text,
        late -> Bool,
        verification -> Text,
        figures -> Text,
        narrative -> Nullable<Text>,
        on_behalf -> Bool,
        author_id -> Nullable<Uid>,
        from_file -> Bool,
        imported_by -> Nullable<Uid>,
        received_at -> Timestamp,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    duty_report_evidence (report_id, position) {
        report_id -> Uid,
        position -> Integer,
        title -> Text,
        url -> Nullable<Text>,
        file_id -> Nullable<Uid>,
        kind -> Nullable<Text>,
        dated -> Nullable<Text>,
        dated_from -> Nullable<Date>,
        dated_to -> Nullable<Date>,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    duty_reviews (id) {
        id -> Uid,
        report_id -> Uid,
        outcome -> Text,
        comment -> Nullable<Text>,
        reviewed_by -> Nullable<Uid>,
        reviewed_at -> Timestamp,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    duty_waivers (id) {
        id -> Uid,
        duty_id -> Uid,
        institution_id -> Uid,
        period -> Text,
        period_from -> Date,
        reason -> Text,
        waived_by -> Nullable<Uid>,
        waived_at -> Timestamp,
        withdrawn_by -> Nullable<Uid>,
        withdrawn_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    indicators (id) {
        id -> Uid,
        plan_item_id -> Uid,
        name -> Text,
        unit -> Text,
        definition -> Nullable<Text>,
        source -> Nullable<Text>,
        direction -> Nullable<Text>,
        baseline_millionths -> Nullable<BigInt>,
        baseline_year -> Nullable<Integer>,
        territory -> Nullable<Text>,
        aggregation -> Text,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        note -> Nullable<Text>,
        translations -> Nullable<Text>,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    indicator_responsibles (indicator_id, institution_id) {
        indicator_id -> Uid,
        position -> Integer,
        institution_id -> Uid,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    indicator_targets (indicator_id, year) {
        indicator_id -> Uid,
        year -> Integer,
        value_millionths -> BigInt,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    indicator_values (id) {
        id -> Uid,
        indicator_id -> Uid,
        period -> Text,
        period_from -> Date,
        period_to -> Date,
        territory -> Nullable<Text>,
        revision -> Integer,
        value_millionths -> Nullable<BigInt>,
        preliminary -> Bool,
        source -> Nullable<Text>,
        author_id -> Nullable<Uid>,
        from_file -> Bool,
        imported_by -> Nullable<Uid>,
        recorded_at -> Timestamp,
    }
}

diesel::table! {
    use crate::db::types::Uid;
    use diesel::sql_types::*;

    indicator_value_evidence (value_id, position) {
        value_id -> Uid,
        position -> Integer,
        title -> Text,
        url -> Nullable<Text>,
        file_id -> Nullable<Uid>,
        kind -> Nullable<Text>,
        dated -> Nullable<Text>,
        dated_from -> Nullable<Date>,
        dated_to -> Nullable<Date>,
    }
}

diesel::joinable!(duties -> countries (country_code));
diesel::joinable!(duties -> plan_items (plan_item_id));
diesel::joinable!(duty_commissions -> duties (duty_id));
diesel::joinable!(duty_commissions -> commissions (commission_id));
diesel::joinable!(duty_institutions -> duties (duty_id));
diesel::joinable!(duty_institutions -> institutions (institution_id));
diesel::joinable!(duty_fields -> duties (duty_id));
diesel::joinable!(duty_reminders -> duties (duty_id));
diesel::joinable!(duty_reminders -> deliveries (delivery_id));
diesel::joinable!(duty_reports -> duties (duty_id));
diesel::joinable!(duty_reports -> institutions (institution_id));
diesel::joinable!(duty_report_evidence -> duty_reports (report_id));
diesel::joinable!(duty_report_evidence -> files (file_id));
diesel::joinable!(duty_reviews -> duty_reports (report_id));
diesel::joinable!(duty_waivers -> duties (duty_id));
diesel::joinable!(duty_waivers -> institutions (institution_id));

diesel::joinable!(indicators -> plan_items (plan_item_id));
diesel::joinable!(indicator_responsibles -> indicators (indicator_id));
diesel::joinable!(indicator_responsibles -> institutions (institution_id));
diesel::joinable!(indicator_targets -> indicators (indicator_id));
diesel::joinable!(indicator_values -> indicators (indicator_id));
diesel::joinable!(indicator_value_evidence -> indicator_values (value_id));
diesel::joinable!(indicator_value_evidence -> files (file_id));

diesel::allow_tables_to_appear_in_same_query!(
    indicators,
    indicator_responsibles,
    indicator_targets,
    indicator_values,
    indicator_value_evidence,
    duties,
    duty_commissions,
    duty_institutions,
    duty_fields,
    duty_reports,
    duty_report_evidence,
    duty_reviews,
    duty_waivers,
    countries,
    saved_drafts,
    saved_views,
    calendar_days,
    institutions,
    institution_aliases,
    users,
    commissions,
    commission_aliases,
    commission_themes,
    commission_legal_bases,
    operational_states,
    memberships,
    delegates,
    reminder_policies,
    grants,
    calendar_tokens,
    personal_tokens,
    recovery_codes,
    second_factors,
    sessions,
    refresh_tokens,
    one_time_tokens,
    idempotency_keys,
    files,
    meetings,
    meeting_commissions,
    agenda_items,
    attendances,
    minutes,
    meeting_documents,
    agreements,
    agreement_commissions,
    agreement_themes,
    agreement_parties,
    plans,
    plan_commissions,
    plan_items,
    plan_item_responsibles,
    observations,
    observation_themes,
    observation_plan_items,
    observation_commissions,
    commitment_numbers,
    commitments,
    commitment_commissions,
    commitment_themes,
    commitment_plan_items,
    commitment_beneficiaries,
    commitment_dependencies,
    assignments,
    updates,
    update_evidence,
    extensions,
    commitment_events,
    activities,
    activity_commissions,
    activity_themes,
    activity_territories,
    activity_organizers,
    activity_partners,
    activity_plan_items,
    activity_commitments,
    activity_evidence,
    deliveries,
    delivery_commissions,
    reminder_agenda,
    daily_uses,
    reminder_ledger,
    duty_reminders,
    reports,
    report_answers,
    report_assignees,
    report_comments,
    report_files,
    report_snapshots,
    audit_log,
    refused_sign_ins,
    dataset_keys,
    imports,
    matrix_mappings,
    import_effects,
    commitment_attachments,
    agreement_attachments,
    meeting_replies,
    agenda_proposals,
    minutes_numbers,
    minutes_comments,
    minutes_versions,
    minutes_files,
    issued_documents,
    issued_files,
    minutes_records,
    notification_preferences,
    notices,
    waiting_ledger,
    planned_days,
    contact_changes,
    former_names,
);
