"""Keying in a sheet of paper: a number for each question, and the form is full."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import SignIn


def opened(sign_in: SignIn) -> Page:
    page = sign_in("okafor@demo.example", width=1280)
    client = re.findall(r"/clinic/clients/([0-9a-f-]{36})/", page.content())[0]
    page.goto(f"/clinic/measures/{client}/enter/gad-7/")
    page.wait_for_load_state("networkidle")
    return page


def test_seven_numbers_fill_a_gad_7(sign_in: SignIn) -> None:
    page = opened(sign_in)
    page.focus("[data-question] input >> nth=0")
    page.keyboard.type("012x321")
    chosen = page.eval_on_selector_all(
        "[data-question]",
        "all => all.map(one => one.querySelector('input:checked')?.value)",
    )
    assert chosen[:7] == ["0", "1", "2", "", "3", "2", "1"]


def test_each_question_is_one_row_on_a_wide_page(sign_in: SignIn) -> None:
    page = opened(sign_in)
    question = page.locator("[data-question]").first
    rows = question.locator(".choice").evaluate_all(
        "all => new Set(all.map(one => Math.round(one.getBoundingClientRect().top))).size"
    )
    assert rows == 1
    expect(question).to_contain_text("Left out")
